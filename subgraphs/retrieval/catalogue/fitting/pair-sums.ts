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
    space.fillAcross(left, pairs.features.slice(start, start + SLAB));
    space.fillAcross(right, pairs.targets.slice(start, start + SLAB));
    space.multiply(sums.gram, [left, left], { lower: true });
    space.multiply(sums.cross, [right, left]);
  }
}
