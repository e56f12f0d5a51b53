import { sizeOf } from './workspace.ts';
import type { Matrix, Workspace } from './workspace.ts';

const ITERATIONS = 4;

/**
 * An orthonormal basis (rows) of the directions in which a symmetric Gram matrix is widest, by subspace iteration from a fixed
 * random start (Halko, Martinsson & Tropp 2011, algorithm 4.4). The space they span is found, not the single axes in order:
 * dot products of projected vectors need no more.
 */
export function principalAxes(
  space: Workspace,
  gram: Matrix,
  { dims, axes }: { dims: number; axes: number },
): Float32Array[] {
  const basis = space.matrix(axes, dims);
  const image = space.matrix(axes, dims);
  space.fill(basis, scattered(dims, axes));
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    space.fill(image, []);
    space.multiply(image, [basis, gram]);
    orthonormalise(rowsOf(space.values, image, axes));
    if (iteration === ITERATIONS - 1) orthonormalise(rowsOf(space.values, image, axes));
    space.values.copyWithin(basis.offset, image.offset, image.offset + image.rows * image.stride);
  }
  return Array.from({ length: axes }, (_, axis) => space.row(basis, axis, dims));
}

/** What `principalAxes` takes of its workspace. */
export function principalAxesSize(dims: number, axes: number): number {
  return 2 * sizeOf([[axes, dims]]);
}

/** Uniform in [-1, 1) by the linear congruential generator of Numerical Recipes, the same at every call: builds of one catalogue can be compared. */
function scattered(dims: number, axes: number): Float64Array[] {
  let state = 0x9e3779b9;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return Array.from({ length: axes }, () => Float64Array.from({ length: dims }, next));
}

function rowsOf(values: Float64Array, { offset, stride, columns }: Matrix, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, row) =>
    values.subarray(offset + row * stride, offset + row * stride + columns),
  );
}

/** Modified Gram-Schmidt; a second time makes it exact. A row that depends on the earlier ones becomes zero. */
function orthonormalise(rows: readonly Float64Array[]): void {
  for (const [index, row] of rows.entries()) {
    const before = Math.sqrt(product(row, row));
    for (const earlier of rows.slice(0, index)) subtractShare(row, earlier);
    const length = Math.sqrt(product(row, row));
    const by = length > before * 1e-9 ? 1 / length : 0;
    for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) * by;
  }
}

function subtractShare(row: Float64Array, of: Float64Array): void {
  const share = product(row, of);
  for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) - share * (of[i] ?? 0);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
