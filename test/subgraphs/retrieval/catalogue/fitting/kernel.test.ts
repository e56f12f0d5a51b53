import { readFile } from 'node:fs/promises';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import wabt from 'wabt';
import {
  factorise,
  solveLower,
  solveUpper,
  transpose,
} from '../../../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/cholesky.ts';
import { LinearMap } from '../../../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import {
  principalAxes,
  principalAxesSize,
} from '../../../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/principal-axes.ts';
import { sizeOf, Workspace } from '../../../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/workspace.ts';

const FOLDER = new URL('../../../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/', import.meta.url);

function scattered(rows: number, columns: number, seed = 1): Float32Array[] {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 31 - 1;
  return Array.from({ length: rows }, () => Float32Array.from({ length: columns }, next));
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
}

describe('the fast product', () => {
  it('is what its source assembles to (MEDLEY_REGENERATE=1 writes it)', async () => {
    const assembler = await wabt();
    const module = assembler.parseWat('kernel.wat', await readFile(new URL('kernel.wat', FOLDER), 'utf8'), {
      simd: true,
    });
    const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
    const head = '/** Generated from kernel.wat by its test with MEDLEY_REGENERATE=1; do not edit. */';
    const generated = `${head}\nexport const KERNEL =\n  '${base64}';\n`;
    if (process.env['MEDLEY_REGENERATE']) await writeFile(new URL('kernel.ts', FOLDER), generated);
    expect(await readFile(new URL('kernel.ts', FOLDER), 'utf8')).toBe(generated);
  });

  it('agrees with plain loops for every shape', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 19 }),
        fc.integer({ min: 1, max: 23 }),
        (count, rows, columns) => {
          const map = scattered(rows, columns, 3);
          const vectors = scattered(count, columns, 5);
          const results = new LinearMap(map).apply(vectors);
          results.forEach((result, i) => {
            expect(result).toHaveLength(rows);
            result.forEach((value, row) => {
              expect(value).toBeCloseTo(product(map[row] ?? [], vectors[i] ?? []), 4);
            });
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('solves equations that span several blocks', () => {
    const size = 150;
    const space = new Workspace(
      sizeOf([
        [size, size],
        [size, size],
        [size, size],
        [size, size],
        [2, size],
      ]),
    );
    const [root, gram, upper] = [space.matrix(size, size), space.matrix(size, size), space.matrix(size, size)];
    const sides = space.matrix(2, size);
    const identity = space.matrix(size, size);
    space.fill(
      identity,
      Array.from({ length: identity.rows }, (_, row) =>
        Float32Array.from({ length: identity.rows }, (__, i) => (i === row ? 1 : 0)),
      ),
    );
    space.fill(root, scattered(size, size));
    space.multiply(gram, [root, root]);
    space.multiply(gram, [identity, identity]);
    const before = Array.from({ length: size }, (_, row) => space.row(gram, row, size));
    const asked = scattered(2, size, 9);
    space.fill(sides, asked);
    factorise(space, gram);
    transpose(space, gram, upper);
    solveLower(space, gram, sides);
    solveUpper(space, upper, sides);
    asked.forEach((side, i) => {
      const solution = space.row(sides, i, size);
      before.forEach((row, j) => {
        expect(product(row, solution)).toBeCloseTo(side[j] ?? 0, 2);
      });
    });
  });

  it('finds the few directions in which vectors lie, as an orthonormal basis', () => {
    const [dims, axes] = [40, 5];
    const basis = scattered(axes, dims, 11);
    const vectors = scattered(60, axes, 13).map((shares) =>
      Float32Array.from({ length: dims }, (_, i) =>
        product(
          shares,
          basis.map((row) => row[i] ?? 0),
        ),
      ),
    );
    const space = new Workspace(
      sizeOf([
        [dims, dims],
        [dims, 60],
      ]) + principalAxesSize(dims, axes),
    );
    const [gram, across] = [space.matrix(dims, dims), space.matrix(dims, 60)];
    space.fill(
      across,
      Array.from({ length: dims }, (_, i) => Float32Array.from(vectors, (vector) => vector[i] ?? 0)),
    );
    space.multiply(gram, [across, across]);
    const found = principalAxes(space, gram, { dims, axes });
    found.forEach((one, i) =>
      found.forEach((other, j) => {
        expect(product(one, other)).toBeCloseTo(i === j ? 1 : 0, 4);
      }),
    );
    for (const vector of vectors) {
      const projected = found.map((axis) => product(axis, vector));
      expect(product(projected, projected)).toBeCloseTo(product(vector, vector), 1);
    }
  });
});
