import { part } from './workspace.ts';
import type { Matrix, Workspace } from './workspace.ts';

const BLOCK = 64;

function* blocks(size: number): Generator<readonly [start: number, length: number]> {
  for (let start = 0; start < size; start += BLOCK) yield [start, Math.min(BLOCK, size - start)];
}

/**
 * Replaces the lower triangle of a symmetric positive definite matrix by L with L Lᵀ = A, block column by block column
 * (left-looking, Golub & Van Loan 4.2.5), and clears what lies above the diagonal.
 */
export function factorise(space: Workspace, matrix: Matrix): void {
  const size = matrix.rows;
  for (const [start, length] of blocks(size)) {
    const panel = part(matrix, [start, size - start], [start, length]);
    const left = part(matrix, [start, size - start], [0, start]);
    space.multiply(panel, [left, part(matrix, [start, length], [0, start])], { scale: -1 });
    factorisePanel(space.values, panel, length);
  }
  for (let row = 0; row < size; row++) {
    const start = matrix.offset + row * matrix.stride;
    space.values.fill(0, start + row + 1, start + size);
  }
}

function factorisePanel(values: Float64Array, panel: Matrix, length: number): void {
  for (let row = 0; row < panel.rows; row++) {
    const start = panel.offset + row * panel.stride;
    for (let column = 0; column < Math.min(length, row + 1); column++) {
      const pivot = panel.offset + column * panel.stride;
      let sum = values[start + column] ?? 0;
      for (let k = 0; k < column; k++) sum -= (values[start + k] ?? 0) * (values[pivot + k] ?? 0);
      if (column === row && sum <= 0) throw new RangeError('the matrix is not positive definite');
      values[start + column] = column === row ? Math.sqrt(sum) : sum / (values[pivot + column] ?? 1);
    }
  }
}

/** Writes Lᵀ into `upper`, which the second half of a solution reads along its rows. */
export function transpose(space: Workspace, from: Matrix, into: Matrix): void {
  const { values } = space;
  for (let row = 0; row < from.rows; row++)
    for (let column = 0; column < from.columns; column++)
      values[into.offset + column * into.stride + row] = values[from.offset + row * from.stride + column] ?? 0;
}

/** Solves L z = b for every row b of `sides`, in place. */
export function solveLower(space: Workspace, lower: Matrix, sides: Matrix): void {
  for (const [start, length] of blocks(lower.rows)) {
    const block = part(sides, [0, sides.rows], [start, length]);
    const known = part(sides, [0, sides.rows], [0, start]);
    space.multiply(block, [known, part(lower, [start, length], [0, start])], { scale: -1 });
    substitute(space.values, part(lower, [start, length], [start, length]), block);
  }
}

function substitute(values: Float64Array, triangle: Matrix, block: Matrix): void {
  for (let row = 0; row < block.rows; row++) {
    const start = block.offset + row * block.stride;
    for (let i = 0; i < triangle.rows; i++) {
      const pivot = triangle.offset + i * triangle.stride;
      let sum = values[start + i] ?? 0;
      for (let k = 0; k < i; k++) sum -= (values[start + k] ?? 0) * (values[pivot + k] ?? 0);
      values[start + i] = sum / (values[pivot + i] ?? 1);
    }
  }
}

/** Solves U x = z for every row z of `sides`, in place, U being the transpose of L. */
export function solveUpper(space: Workspace, upper: Matrix, sides: Matrix): void {
  const size = upper.rows;
  for (const [start, length] of [...blocks(size)].reverse()) {
    const after = start + length;
    const block = part(sides, [0, sides.rows], [start, length]);
    const known = part(sides, [0, sides.rows], [after, size - after]);
    space.multiply(block, [known, part(upper, [start, length], [after, size - after])], { scale: -1 });
    substituteBack(space.values, part(upper, [start, length], [start, length]), block);
  }
}

function substituteBack(values: Float64Array, triangle: Matrix, block: Matrix): void {
  for (let row = 0; row < block.rows; row++) {
    const start = block.offset + row * block.stride;
    for (let i = triangle.rows - 1; i >= 0; i--) {
      const pivot = triangle.offset + i * triangle.stride;
      let sum = values[start + i] ?? 0;
      for (let k = i + 1; k < triangle.rows; k++) sum -= (values[start + k] ?? 0) * (values[pivot + k] ?? 0);
      values[start + i] = sum / (values[pivot + i] ?? 1);
    }
  }
}
