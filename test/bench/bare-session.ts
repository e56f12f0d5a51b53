import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readManifest } from '../../src/inference/manifest.ts';
import { decodePicture } from '../../src/inference/picture-tensor.ts';
import { openTextTokenizer } from '../../src/inference/text-tokenizer.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';

/** A model run as the documentation of onnxruntime-node shows it: one session on this thread, one input after another. */
export interface BareSession<Input> {
  encode(input: Input): Promise<Vector>;
  close(): Promise<void>;
}

/** Encodes the words of the text encoder in a folder, with so many threads. */
export async function openBareText(folder: string, threads: number): Promise<BareSession<string>> {
  const manifest = await readManifest(folder);
  if (manifest.modality !== 'text') throw new Error('no text encoder');
  const tokenizer = await openTextTokenizer(join(folder, manifest.tokenizer), manifest.maxTokens);
  const { ids, mask = 'attention_mask' } = manifest.inputs;
  return open(join(folder, manifest.model), threads, {
    output: manifest.output,
    feeds: (text) => {
      const tokens = BigInt64Array.from(tokenizer.encode(text), BigInt);
      const dims = [1, tokens.length];
      return Promise.resolve({
        [ids]: new Tensor('int64', tokens, dims),
        [mask]: new Tensor('int64', new BigInt64Array(tokens.length).fill(1n), dims),
      });
    },
  });
}

/** Decodes and encodes pictures for the picture encoder in a folder, with so many threads. */
export async function openBarePictures(folder: string, threads: number): Promise<BareSession<Uint8Array>> {
  const manifest = await readManifest(folder);
  if (manifest.modality !== 'image') throw new Error('no picture encoder');
  const { height, width } = manifest.picture;
  return open(join(folder, manifest.model), threads, {
    output: manifest.output,
    feeds: async (bytes) => {
      const pixels = await decodePicture(bytes, manifest.picture);
      return { [manifest.inputs.pixels]: new Tensor('uint8', pixels, [1, height, width, 3]) };
    },
  });
}

interface Wiring<Input> {
  readonly output: string;
  readonly feeds: (input: Input) => Promise<Record<string, Tensor>>;
}

async function open<Input>(
  model: string,
  threads: number,
  { output, feeds }: Wiring<Input>,
): Promise<BareSession<Input>> {
  const session = await InferenceSession.create(model, {
    executionMode: 'sequential',
    interOpNumThreads: 1,
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
  });
  return {
    encode: async (input) => {
      const { [output]: tensor } = await session.run(await feeds(input));
      if (!(tensor?.data instanceof Float32Array)) throw new TypeError('the model gave no vector');
      return tensor.data.slice();
    },
    close: () => session.release(),
  };
}
