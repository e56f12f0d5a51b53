import type { Vector } from '../../../src/vocabulary/vector.ts';

/** Vectors end to end, as a recipe reads a matrix. */
export function matrix(vectors: readonly Vector[]): Vector {
  const dims = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * dims);
  for (const [row, vector] of vectors.entries()) all.set(vector, row * dims);
  return all;
}
