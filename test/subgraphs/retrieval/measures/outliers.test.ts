import { describe, expect, it } from '@jest/globals';
import { mostOfOne } from '../../../../subgraphs/retrieval/measures/outliers.ts';

/** Searches of people: few search much, as an exponential tail has it, at quantiles in equal steps. */
const people = (count: number, mean: number): number[] =>
  Array.from({ length: count }, (_, rank) => Math.max(1, Math.round(-mean * Math.log(1 - (rank + 0.5) / count))));

const programsAmong = (counts: readonly number[]): number[] => counts.filter((count) => count > mostOfOne(counts));

describe('how much one may search and be taken for a person', () => {
  it.each([1, 5, 40])('leaves every person in where people search %s times on average', (mean) => {
    expect(programsAmong(people(10_000, mean))).toEqual([]);
  });

  it('leaves 50 searches to everybody, however little others do, and to nobody in particular', () => {
    expect(mostOfOne([])).toBe(50);
    expect(programsAmong([1, 1, 1, 50])).toEqual([]);
  });

  it.each([
    ['one among few', 30, [400]],
    ['several alike', 200, [300, 300, 300, 300, 300, 300]],
    ['a small one beside one of 100,000 searches', 500, [213, 100_000]],
    ['as many as a quarter of all', 60, Array.from({ length: 19 }, (_, place) => 500 + place)],
  ])('finds programs: %s', (_, count, programs) => {
    expect(programsAmong([...programs, ...people(count, 3)])).toEqual(programs);
  });
});
