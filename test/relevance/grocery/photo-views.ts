import type { FeatureBlock } from '../../../src/inference/encoder.ts';
import { dot, unit } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';

/** A product by how near it looks: ids, nearest first; ties by id. */
export type Nearest = (photo: Vector) => readonly string[];

/** Ranks by the cosine of unit vectors. */
export function nearestOf(products: readonly { readonly id: string; readonly vector: Vector }[]): Nearest {
  return (photo) =>
    products
      .map(({ id, vector }) => ({ id, cosine: dot(vector, photo) }))
      .toSorted((a, b) => b.cosine - a.cosine || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
}

/** One block of picture features by itself, of unit length: the colours of a picture, or what the backbone saw. */
export function blockOf(blocks: readonly FeatureBlock[], name: string): (features: Vector) => Vector {
  const block = blocks.find((each) => each.name === name);
  if (!block) throw new RangeError(`The picture encoder has no block "${name}".`);
  return (features) => unit(features.slice(block.offset, block.offset + block.dims));
}
