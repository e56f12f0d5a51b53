import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { factorise, solveLower, solveUpper, transpose } from './linear-algebra/cholesky.ts';
import { LinearMap } from './linear-algebra/linear-map.ts';
import { principalAxes, principalAxesSize } from './linear-algebra/principal-axes.ts';
import { padded, sizeOf, Workspace } from './linear-algebra/workspace.ts';
import type { Matrix } from './linear-algebra/workspace.ts';
import { addPairs, SLAB } from './pair-sums.ts';
import type { Pairs, PairSums } from './pair-sums.ts';

/**
 * Ridge regression from features to targets in closed form, W = C (G + lambda I)⁻¹ (Hoerl & Kennard 1970), whose sums grow as
 * pairs are added: one sweep serves the choice of lambda, the held-out check, the final fit and the principal axes (`mapOfAxes` is to be asked once).
 */
export class Ridge {
  readonly #space: Workspace;
  readonly #sums: PairSums;
  readonly #slabs: readonly [Matrix, Matrix];
  readonly #scratch: readonly [Matrix, Matrix];
  readonly #solution: Matrix;
  readonly #axes: number;
  readonly dims: number;
  readonly targets: number;

  constructor({ dims, targets, axes }: { dims: number; targets: number; axes: number }) {
    const square = [dims, dims] as const;
    const wide = [targets, dims] as const;
    const shapes = [square, square, square, wide, wide, [dims, SLAB], [targets, SLAB]] as const;
    const space = new Workspace(sizeOf(shapes) + principalAxesSize(dims, axes));
    this.#space = space;
    this.#sums = { gram: space.matrix(...square), cross: space.matrix(...wide) };
    this.#scratch = [space.matrix(...square), space.matrix(...square)];
    this.#solution = space.matrix(...wide);
    this.#slabs = [space.matrix(dims, SLAB), space.matrix(targets, SLAB)];
    this.dims = dims;
    this.targets = targets;
    this.#axes = axes;
  }

  /** Features standardised and centred, targets centred. */
  add(pairs: Pairs): void {
    addPairs(this.#space, this.#sums, { pairs, slabs: this.#slabs });
  }

  /** The map of all pairs added so far, to the first of the targets if so many are asked for. */
  solve(lambda: number, targets = this.targets): LinearMap {
    const [lower, upper] = this.#scratch;
    const { values } = this.#space;
    copy(values, this.#sums.gram, lower);
    for (let i = 0; i < lower.rows; i++) {
      const at = lower.offset + i * lower.stride + i;
      values[at] = (values[at] ?? 0) + lambda;
    }
    factorise(this.#space, lower);
    transpose(this.#space, lower, upper);
    const solution = { ...this.#solution, rows: padded(targets) };
    copy(values, this.#sums.cross, solution);
    solveLower(this.#space, lower, solution);
    solveUpper(this.#space, upper, solution);
    return new LinearMap(Array.from({ length: targets }, (_, row) => this.#space.row(solution, row, this.dims)));
  }

  /**
   * An orthonormal basis of the widest directions of all features added, each moved by `offset` first and then weighted.
   * The features must be centred.
   */
  mapOfAxes({ weights, offset, count }: { weights: Vector; offset: Vector; count: number }): LinearMap {
    const [gram] = this.#scratch;
    const { values } = this.#space;
    copy(values, this.#sums.gram, gram);
    this.#space.mirror(gram);
    for (let row = 0; row < this.dims; row++)
      for (let column = 0; column < this.dims; column++) {
        const at = gram.offset + row * gram.stride + column;
        const moved = (values[at] ?? 0) + count * (offset[row] ?? 0) * (offset[column] ?? 0);
        values[at] = moved * (weights[row] ?? 0) * (weights[column] ?? 0);
      }
    return new LinearMap(principalAxes(this.#space, gram, { dims: this.dims, axes: this.#axes }));
  }
}

function copy(values: Float64Array, from: Matrix, into: Matrix): void {
  values.copyWithin(into.offset, from.offset, from.offset + Math.min(from.rows, into.rows) * from.stride);
}
