import type { Vector } from '../../../../../src/vocabulary/vector.ts';
import { LinearMap } from './linear-map.ts';
import { principalAxes, principalAxesSize } from './principal-axes.ts';
import { sizeOf, Workspace } from './workspace.ts';

const SLAB = 256;

/** An orthonormal basis of the directions in which vectors are widest about zero, at most as many as they have dimensions. */
export function widestAxes(vectors: readonly Vector[], axes: number): LinearMap {
  const dims = vectors[0]?.length ?? 0;
  const kept = Math.min(axes, dims);
  const space = new Workspace(
    sizeOf([
      [dims, dims],
      [dims, SLAB],
    ]) + principalAxesSize(dims, kept),
  );
  const gram = space.matrix(dims, dims);
  const slab = space.matrix(dims, SLAB);
  for (let start = 0; start < vectors.length; start += SLAB) {
    space.fillAcross(slab, vectors.slice(start, start + SLAB));
    space.multiply(gram, [slab, slab], { lower: true });
  }
  space.mirror(gram);
  return new LinearMap(principalAxes(space, gram, { dims, axes: kept }));
}
