import { EncodingFailure } from '../../src/inference/encoder.ts';
import type { PictureEncoder } from '../../src/inference/encoder.ts';
import { pictureMiddle } from '../../src/inference/picture-middle.ts';
import { weightedSum } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';

/** What the middle of a photo counts beside the whole. */
const MIDDLE = 0.33;

/**
 * An encoder of viewers' photos, which show more than what they are of. That mostly stands in the middle, so the middle is looked
 * at again. Of shop photos of 81 groceries that puts the right product among the first five for .70, where the whole alone does for
 * .66; counting both alike, .71, but then a photo of an item is less sure to find the item itself among look-alikes.
 */
export function photoEncoder(encoder: PictureEncoder): PictureEncoder {
  return { ...encoder, encode: (photos) => Promise.all(photos.map((photo) => encodePhoto(photo, encoder))) };
}

async function encodePhoto(photo: Uint8Array, encoder: PictureEncoder): Promise<Vector | EncodingFailure> {
  const middle = await pictureMiddle(photo);
  const [whole, inner] = await encoder.encode(middle ? [photo, middle] : [photo]);
  if (!whole) return new EncodingFailure('INTERNAL', 'no vector came back');
  if (!middle || whole instanceof EncodingFailure) return whole;
  if (!inner) return new EncodingFailure('INTERNAL', 'no vector of the middle came back');
  if (inner instanceof EncodingFailure) return inner;
  const views = [
    { vector: whole, weight: 1 - MIDDLE },
    { vector: inner, weight: MIDDLE },
  ];
  return weightedSum(views, encoder.dims);
}
