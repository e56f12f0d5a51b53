import type { PictureEncoder } from '../../src/inference/encoder.ts';
import { hashingPictureEncoder } from '../../src/inference/hashing-encoder.ts';

/** The twin of an encoder of pictures, which notes how many it was given each time. */
export function countingPictureEncoder(): { readonly encoder: PictureEncoder; readonly seen: readonly number[] } {
  const twin = hashingPictureEncoder();
  const seen: number[] = [];
  const encode: PictureEncoder['encode'] = (inputs) => {
    seen.push(inputs.length);
    return twin.encode(inputs);
  };
  return { encoder: { ...twin, encode }, seen };
}
