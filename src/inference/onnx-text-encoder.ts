import { join } from 'node:path';
import { unit } from '../vocabulary/vector.ts';
import type { Vector } from '../vocabulary/vector.ts';
import { encodeInBatches } from './batches.ts';
import type { TextEncoder } from './encoder.ts';
import { readManifest } from './manifest.ts';
import type { TextManifest } from './manifest.ts';
import { checkWiring, openPart, proveDims } from './model-checks.ts';
import { ModelFolderError } from './model-folder-error.ts';
import { SessionPool } from './session-pool.ts';
import type { SessionPoolOptions } from './session-pool.ts';
import type { Tensors, TensorValue } from './session-messages.ts';
import { openTextTokenizer } from './text-tokenizer.ts';

/**
 * Opens the text model of a folder. Vectors have unit length.
 *
 * @throws ModelFolderError when the folder's manifest, files or model do not fit together.
 */
export async function openOnnxTextEncoder(folder: string, options: SessionPoolOptions = {}): Promise<TextEncoder> {
  const manifest = await readManifest(folder);
  if (manifest.modality !== 'text') throw new ModelFolderError(folder, ['modality: expected "text"']);
  const tokenizer = await openPart(
    folder,
    manifest.tokenizer,
    openTextTokenizer(join(folder, manifest.tokenizer), manifest.maxTokens),
  );
  const pool = await openPart(folder, manifest.model, SessionPool.open(join(folder, manifest.model), options));
  const padId = manifest.padId ?? tokenizer.padId;
  const encoder: TextEncoder = {
    name: manifest.name,
    space: manifest.space,
    modality: 'TEXT',
    dims: manifest.dims,
    encode: (inputs) =>
      encodeInBatches(inputs, {
        size: manifest.batch,
        concurrency: pool.size * 2,
        length: ({ text }) => text.length,
        prepare: ({ text, role }) => tokenizer.encode(manifest.prompt[role] + text),
        run: async (rows, { urgent }) => {
          const outputs = await pool.run(padded(rows, padId, manifest), { urgent });
          return readVectors(outputs[manifest.output], rows, manifest);
        },
      }),
    knows: (word) => tokenizer.isWhole(word),
    close: () => pool.close(),
  };
  const problems = checkWiring(pool.signature, Object.values(manifest.inputs), manifest.output);
  return proveDims(encoder, { sample: { text: 'a red shoe', role: 'query' }, folder, problems });
}

/** Token ids as tensors `[rows, longest row]`, padded on the right. */
function padded(rows: readonly (readonly number[])[], padId: number, manifest: TextManifest): Tensors {
  const longest = Math.max(1, ...rows.map((row) => row.length));
  const columns = manifest.padding === 'max' ? manifest.maxTokens : longest;
  const dims = [rows.length, columns];
  const ids = new BigInt64Array(rows.length * columns).fill(BigInt(padId));
  const mask = new BigInt64Array(rows.length * columns);
  rows.forEach((row, r) => {
    row.forEach((id, c) => (ids[r * columns + c] = BigInt(id)));
    mask.fill(1n, r * columns, r * columns + row.length);
  });
  const { inputs } = manifest;
  return {
    [inputs.ids]: { type: 'int64', data: ids, dims },
    ...(inputs.mask && { [inputs.mask]: { type: 'int64', data: mask, dims } }),
    ...(inputs.types && { [inputs.types]: { type: 'int64', data: new BigInt64Array(ids.length), dims } }),
  };
}

/** The output as a unit vector a row; an output by token is pooled over the row's own tokens first. */
function readVectors(
  output: TensorValue | undefined,
  rows: readonly (readonly number[])[],
  { pooling }: TextManifest,
): readonly Vector[] {
  if (output?.type !== 'float32') throw new Error('the model gave no vectors');
  const { data, dims } = output;
  const width = dims.at(-1) ?? 0;
  if (dims.length === 2) return rows.map((_, r) => unit(data.slice(r * width, (r + 1) * width)));
  const columns = dims[1] ?? 0;
  return rows.map((row, r) => {
    const from = pooling === 'last' ? row.length - 1 : 0;
    const to = pooling === 'cls' ? 1 : row.length;
    const sum = new Float32Array(width);
    for (let c = from; c < to; c++)
      for (let i = 0; i < width; i++) sum[i] = (sum[i] ?? 0) + (data[(r * columns + c) * width + i] ?? 0);
    return unit(sum);
  });
}
