import { join } from 'node:path';
import sharp from 'sharp';
import { unit } from '../vocabulary/vector.ts';
import type { Vector } from '../vocabulary/vector.ts';
import { encodeInBatches } from './batches.ts';
import type { FeatureBlock, PictureEncoder } from './encoder.ts';
import { readManifest } from './manifest.ts';
import type { PictureManifest, PictureShape } from './manifest.ts';
import { checkWiring, openPart, proveDims } from './model-checks.ts';
import { ModelFolderError } from './model-folder-error.ts';
import { decodePicture, layOut, PICTURE_LIMITS } from './picture-tensor.ts';
import type { PictureLimits } from './picture-tensor.ts';
import { SessionPool } from './session-pool.ts';
import type { SessionPoolOptions } from './session-pool.ts';
import type { TensorValue } from './session-messages.ts';

export interface PictureEncoderOptions extends SessionPoolOptions {
  readonly limits?: PictureLimits;
}

/**
 * Opens the picture model of a folder. Blocks that are treated as `unit` have length 1; without blocks the whole vector has.
 *
 * @throws ModelFolderError when the folder's manifest, files or model do not fit together.
 */
export async function openOnnxPictureEncoder(
  folder: string,
  options: PictureEncoderOptions = {},
): Promise<PictureEncoder> {
  const manifest = await readManifest(folder);
  if (manifest.modality !== 'image') throw new ModelFolderError(folder, ['modality: expected "image"']);
  const pool = await openPart(folder, manifest.model, SessionPool.open(join(folder, manifest.model), options));
  const blocks = blocksOf(manifest);
  const encoder: PictureEncoder = {
    name: manifest.name,
    space: manifest.space,
    modality: 'IMAGE',
    dims: manifest.dims,
    blocks,
    encode: (inputs) =>
      encodeInBatches(inputs, {
        size: manifest.batch,
        concurrency: pool.size * 2,
        prepare: async (bytes) => decodePicture(bytes, manifest.picture, options.limits ?? PICTURE_LIMITS),
        run: async (pictures, { urgent }) => {
          const pixels = stack(pictures, manifest.picture);
          const outputs = await pool.run({ [manifest.inputs.pixels]: pixels }, { urgent });
          return readVectors(outputs[manifest.output], pictures.length, blocks);
        },
      }),
    close: () => pool.close(),
  };
  const problems = checkWiring(pool.signature, [manifest.inputs.pixels], manifest.output);
  return proveDims(encoder, { sample: await grey(), folder, problems });
}

function blocksOf({ blocks, dims }: PictureManifest): readonly FeatureBlock[] {
  return blocks.length > 0 ? blocks : [{ name: 'backbone', offset: 0, dims, treatment: 'unit', scale: 1 }];
}

function stack(pictures: readonly Uint8Array[], shape: PictureShape): TensorValue {
  const { width, height, layout, dtype } = shape;
  const dims = layout === 'nhwc' ? [pictures.length, height, width, 3] : [pictures.length, 3, height, width];
  const size = width * height * 3;
  if (dtype === 'uint8') {
    const data = new Uint8Array(pictures.length * size);
    pictures.forEach((pixels, i) => data.set(layOut(pixels, shape), i * size));
    return { type: 'uint8', data, dims };
  }
  const data = new Float32Array(pictures.length * size);
  pictures.forEach((pixels, i) => data.set(layOut(pixels, shape), i * size));
  return { type: 'float32', data, dims };
}

function readVectors(
  output: TensorValue | undefined,
  count: number,
  blocks: readonly FeatureBlock[],
): readonly Vector[] {
  if (output?.type !== 'float32') throw new Error('the model gave no vectors');
  const width = output.data.length / count;
  return Array.from({ length: count }, (_, i) => withUnitBlocks(output.data.slice(i * width, (i + 1) * width), blocks));
}

function withUnitBlocks(vector: Vector, blocks: readonly FeatureBlock[]): Vector {
  for (const { offset, dims, treatment } of blocks)
    if (treatment === 'unit') vector.set(unit(vector.subarray(offset, offset + dims)), offset);
  return vector;
}

function grey(): Promise<Uint8Array> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: '#777' } })
    .png()
    .toBuffer();
}
