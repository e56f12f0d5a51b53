import type { Matrix, Workspace } from './linear-algebra/workspace.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';

/** How many pairs are multiplied at once; such a slab of features stays in the processor's second cache. */
export const SLAB = 256;

/** The sums over pairs that a ridge regression needs: the Gram matrix of the features (its lower triangle) and targets times features. */
export interface PairSums {
  /** features x features. */
  readonly gram: Matrix;
  /** targets x features. */
  readonly cross: Matrix;
}

export interface Pairs {
  /** Standardised and centred. */
  readonly features: readonly Vector[];
  readonly targets: readonly Vector[];
}

/** Adds pairs to the sums. `slabs` are scratch: features x SLAB and targets x SLAB. */
export function addPairs(
  space: Workspace,
  sums: PairSums,
  { pairs, slabs }: { pairs: Pairs; slabs: readonly [Matrix, Matrix] },
): void {
  const [left, right] = slabs;
  for (let start = 0; start < pairs.features.length; start += SLAB) {
    fillAcross(space, left, pairs.features.slice(start, start + SLAB));
    fillAcross(space, right, pairs.targets.slice(start, start + SLAB));
    space.multiply(sums.gram, [left, left], { lower: true });
    space.multiply(sums.cross, [right, left]);
  }
}

/** Vectors become columns. */
function fillAcross(space: Workspace, matrix: Matrix, vectors: readonly Vector[]): void {
  const { values } = space;
  values.fill(0, matrix.offset, matrix.offset + matrix.rows * matrix.stride);
  for (const [column, vector] of vectors.entries())
    for (let i = 0; i < vector.length; i++) values[matrix.offset + i * matrix.stride + column] = vector[i] ?? 0;
}

/** Copies the lower triangle above the diagonal. */
export function mirror(space: Workspace, matrix: Matrix): void {
  const { values } = space;
  for (let row = 0; row < matrix.rows; row++)
    for (let column = 0; column < row; column++)
      values[matrix.offset + column * matrix.stride + row] = values[matrix.offset + row * matrix.stride + column] ?? 0;
}
