import { describe, expect, it } from '@jest/globals';
import { FieldColumn } from '../../../../../subgraphs/retrieval/index/resident/field-column.ts';

describe('the values of a field', () => {
  it('take no more room when they change often, and are what was set last', () => {
    const column = new FieldColumn();
    for (let time = 0; time < 50; time++) for (let row = 0; row < 20; row++) column.set(row, [time * 20 + row]);
    expect(column.codes).toBeLessThanOrEqual(22);
    expect(Array.from({ length: 20 }, (_, row) => column.get(row))).toEqual(
      Array.from({ length: 20 }, (_, row) => [49 * 20 + row]),
    );
  });

  it('are those of each row alone, where rows shared a value and one of them changes', () => {
    const column = new FieldColumn();
    for (const row of [0, 1]) column.set(row, ['red']);
    column.set(0, ['blue']);
    column.set(2, ['green', 'red']);
    column.set(1, []);
    column.set(3, ['black']);
    column.set(0, ['blue']);
    expect([0, 1, 2, 3].map((row) => column.get(row))).toEqual([['blue'], [], ['green', 'red'], ['black']]);
    expect([...column.mask(4, (values) => values.includes('red'))]).toEqual([0, 0, 1, 0]);
  });
});
