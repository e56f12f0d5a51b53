import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { dot } from '../../../../../src/vocabulary/vector.ts';
import { VectorColumn } from '../../../../../subgraphs/retrieval/index/resident/vector-column.ts';
import { vector } from '../../../../contracts/item-index/samples.ts';

describe('a column of vectors', () => {
  it.each([1, 3, 16, 17, 100, 384])('multiplies vectors of %i dimensions as plain arithmetic does', (dims) => {
    const column = new VectorColumn(dims);
    for (let row = 0; row < 50; row++) column.set(row, vector(row, dims));
    const query = vector(99, dims);
    const scores = column.scores(query, 50);
    expect(scores).toHaveLength(50);
    scores.forEach((score, row) => expect(score).toBeCloseTo(dot(query, vector(row, dims)), 5));
    expect(column.scoresOf(query, [7, 49])).toEqual([scores[7], scores[49]]);
  });

  it('keeps every vector while it grows over many blocks', () => {
    const column = new VectorColumn(40);
    for (let row = 0; row < 9000; row++) column.set(row, row % 3 === 0 ? null : vector(row, 40));
    const scores = column.scores(vector(1, 40), 9000);
    for (const row of [1, 4096, 4097, 8191, 8999]) {
      expect(column.get(row)).toEqual(row % 3 === 0 ? null : vector(row, 40));
      if (row % 3 !== 0) expect(scores[row]).toBeCloseTo(dot(vector(1, 40), vector(row, 40)), 5);
    }
    expect(column.scoresOf(vector(1, 40), [3])).toEqual([null]);
  });

  it('runs the kernel that its source gives', () => {
    execFileSync(process.execPath, ['tools/build-dot-product.ts', '--check']);
  });
});
