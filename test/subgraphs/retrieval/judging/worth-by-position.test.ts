import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ShownSearch } from '../../../../subgraphs/retrieval/judging/judge.ts';
import { PositionCounts } from '../../../../subgraphs/retrieval/judging/worth-by-position.ts';
import { logs, searchOf } from './made-up-log.ts';

function worthByPosition(searches: readonly ShownSearch[]): readonly number[] {
  const counts = new PositionCounts();
  for (const { shown } of searches) counts.add(shown);
  return counts.worths();
}

describe('what is expected of a position', () => {
  it('is what was chosen there on average', () => {
    const shown = [searchOf('lamp', ['a', 'b'], { choices: { a: 1, b: 1 } }), searchOf('lamp', ['a', 'b', 'c'])];
    expect(worthByPosition(shown)).toEqual([0.5, 0.5, 0]);
  });

  it('is the same for positions between which it would rise', () => {
    const luck = searchOf('lamp', ['a', 'b', 'c'], { choices: { c: 1 } });
    const usual = searchOf('lamp', ['a', 'b', 'c'], { choices: { a: 1 } });
    expect(worthByPosition([luck, usual, usual, usual])).toEqual([0.75, 0.125, 0.125]);
  });

  it('never rises, and adds up to what was chosen', () => {
    fc.assert(
      fc.property(logs, (searches) => {
        const worths = worthByPosition(searches);
        for (const [i, worth] of worths.entries()) expect(worth).toBeLessThanOrEqual(worths[i - 1] ?? Infinity);
        const shown = searches.flatMap((search) => search.shown);
        const expected = sum(shown.map(({ position }) => worths[position - 1] ?? NaN));
        expect(expected).toBeCloseTo(sum(shown.map(({ worth }) => worth)), 6);
      }),
    );
  });

  it('is nothing where nothing was shown', () => {
    const seen: ShownSearch = { words: 'lamp', viewer: 1, shown: [{ item: 'a', position: 3, worth: 1 }] };
    expect(worthByPosition([seen])).toEqual([1, 1, 1]);
    expect(worthByPosition([])).toEqual([]);
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
