import { createHash } from 'node:crypto';
import { unit } from '../vocabulary/vector.ts';
import type { Vector } from '../vocabulary/vector.ts';
import { EncodingFailure } from './encoder.ts';
import type { PictureEncoder, PictureInput, TextEncoder, TextInput } from './encoder.ts';
import { decodePicture, PICTURE_LIMITS } from './picture-tensor.ts';
import type { PictureLimits } from './picture-tensor.ts';

const DIMS = 64;
const GRID = 4;
const COLOURS = GRID * GRID * 3;

/**
 * A text encoder without a model, for fast tests: every word has a direction of its own, a text is their sum. Texts that
 * share words are near, others about orthogonal (feature hashing, Weinberger 2009).
 */
export function hashingTextEncoder(): TextEncoder {
  return {
    name: 'hashing-text',
    space: 'hashing-text@1',
    modality: 'TEXT',
    dims: DIMS,
    encode: (inputs) => Promise.resolve(inputs.map(encodeText)),
    close: () => Promise.resolve(),
  };
}

/**
 * A picture encoder without a model: a 4 x 4 picture of the picture, centred on grey, and a faint mark of its bytes, so
 * that pictures of like colours are near and no two are the same.
 */
export function hashingPictureEncoder(limits: PictureLimits = PICTURE_LIMITS): PictureEncoder {
  return {
    name: 'hashing-picture',
    space: 'hashing-picture@1',
    modality: 'IMAGE',
    dims: DIMS,
    blocks: [{ name: 'backbone', offset: 0, dims: DIMS, treatment: 'unit', scale: 1 }],
    encode: (inputs) => Promise.all(inputs.map((bytes) => encodePicture(bytes, limits))),
    close: () => Promise.resolve(),
  };
}

function encodeText({ text }: TextInput): Vector {
  const sum = new Float32Array(DIMS);
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['(no words)'];
  for (const word of words) direction(word, DIMS).forEach((x, i) => (sum[i] = (sum[i] ?? 0) + x));
  return unit(sum);
}

async function encodePicture(bytes: PictureInput, limits: PictureLimits): Promise<Vector | EncodingFailure> {
  try {
    const pixels = await decodePicture(bytes, { width: GRID, height: GRID, resize: 'fill' }, limits);
    const vector = new Float32Array(DIMS);
    vector.set(Array.from(pixels, (pixel) => pixel / 127.5 - 1));
    vector.set(
      direction(bytes, DIMS - COLOURS).map((x) => x / 10),
      COLOURS,
    );
    return unit(vector);
  } catch (error) {
    if (error instanceof EncodingFailure) return error;
    throw error;
  }
}

/** A vector of -1 and 1, chosen by the bits of a hash. */
function direction(seed: string | Uint8Array, dims: number): Vector {
  const bits = createHash('sha256').update(seed).digest();
  return Float32Array.from({ length: dims }, (_, i) => (((bits[i >> 3] ?? 0) >> (i & 7)) & 1 ? 1 : -1));
}
