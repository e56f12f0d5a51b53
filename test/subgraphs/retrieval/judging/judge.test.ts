import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coec, gradeOf } from '../../../../subgraphs/retrieval/judging/grade.ts';
import { judge } from '../../../../subgraphs/retrieval/judging/judge.ts';
import type { Judging, ShownSearch } from '../../../../subgraphs/retrieval/judging/judge.ts';
import { seeded, shuffled } from '../../../support/random.ts';
import { logs, searchOf } from './made-up-log.ts';

const judged = ({ judgments }: Judging, query: string) =>
  Object.fromEntries(judgments.flatMap((own) => (own.query === query ? [[own.item, own.grade]] : [])));

describe('an item', () => {
  it('that is chosen as its positions let expect has the ratio 1, however often it was shown', () => {
    const sums = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(sums, (rates) => {
        const expected = rates.reduce((sum, rate) => sum + rate, 0);
        expect(coec({ worth: expected, expected })).toBe(1);
      }),
    );
  });

  it('gets a higher grade the more it is chosen, and none the better for standing higher', () => {
    const evidence = fc.record({
      chosen: fc.integer({ min: 1, max: 99 }),
      expected: fc.double({ min: 0, max: 99, noNaN: true }),
    });
    fc.assert(
      fc.property(evidence, fc.nat(50), fc.nat(50), ({ chosen, expected }, more, higher) => {
        const grade = (choices: number, due: number) =>
          gradeOf({ shown: 200, chosen: choices, worth: choices, expected: due }) ?? NaN;
        expect(grade(chosen + more, expected)).toBeGreaterThanOrEqual(grade(chosen, expected));
        expect(grade(chosen, expected + higher)).toBeLessThanOrEqual(grade(chosen, expected));
        expect(grade(chosen, expected)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('that was never chosen gets 0 where a choice was to be expected, and is not judged elsewhere', () => {
    const never = { shown: 20, chosen: 0, worth: 0 };
    expect(gradeOf({ ...never, expected: 1 })).toBe(0);
    expect(gradeOf({ ...never, expected: 0.9 })).toBeUndefined();
  });

  it('that was chosen once gets no more than one that is chosen as expected', () => {
    expect(gradeOf({ shown: 1, chosen: 1, worth: 1, expected: 0.001 })).toBe(2);
  });
});

describe('a log', () => {
  /** Viewers look at a position the less the lower it is, and choose what they look at by how good it is. */
  const looks = [0.9, 0.6, 0.4, 0.2];
  const biased = (goodness: Readonly<Record<string, number>>, order: readonly string[], seed: number) => {
    const random = seeded(seed);
    return Array.from({ length: 400 }, (_, viewer): ShownSearch => {
      const chosen = order.filter((item, i) => random() < (looks[i] ?? 0) * (goodness[item] ?? 0));
      return searchOf('lamp', order, { viewer, choices: Object.fromEntries(chosen.map((item) => [item, 1])) });
    });
  };
  /** The rest of the shop, where what stands at a position is as good as what stands at another. */
  const others = Array.from({ length: 300 }, (_, n) => {
    const random = seeded(n);
    const items = ['w', 'x', 'y', 'z'];
    const chosen = items.filter((_item, i) => random() < (looks[i] ?? 0) * 0.3);
    return searchOf(`other ${n % 7}`, items, {
      viewer: n,
      choices: Object.fromEntries(chosen.map((item) => [item, 1])),
    });
  });

  it('gives the better item the higher grade though it stands lower and is chosen less often', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 3 }), (seed, place) => {
        const order = ['top', 'b', 'c'];
        order.splice(place, 0, 'best');
        const searches = biased({ top: 0.2, best: 0.6, b: 0.02, c: 0.02 }, order, seed);
        const { judgments } = judge([...searches, ...others], 1);
        const [best, top] = ['best', 'top'].map((item) =>
          judgments.find((own) => own.query === 'lamp' && own.item === item),
        );
        expect(best?.grade).toBeGreaterThan(top?.grade ?? NaN);
        expect(judgments[0]?.query).toBe('lamp');
      }),
      { numRuns: 20 },
    );
  });

  it('is judged the same in any order', () => {
    fc.assert(
      fc.property(logs, fc.nat(), fc.integer({ min: 1, max: 4 }), (searches, seed, least) => {
        expect(judge(shuffled(searches, seeded(seed)), least)).toEqual(judge(searches, least));
      }),
    );
  });

  it('counts a purchase for more than a click', () => {
    const shown = ['a', 'b', 'c', 'd'];
    const searches = Array.from({ length: 30 }, (_, n) =>
      searchOf('lamp', n % 2 === 0 ? shown : shown.toReversed(), {
        viewer: n,
        choices: n % 3 === 0 ? { a: 8, d: 1 } : {},
      }),
    );
    const grades = judged(judge(searches, 1), 'lamp');
    expect(grades['a']).toBeGreaterThan(grades['d'] ?? NaN);
    expect([grades['b'], grades['c']]).toEqual([0, 0]);
  });

  it('tells what few viewers searched to nobody, however often they did, and says how many queries that are', () => {
    const often = Array.from({ length: 50 }, () => searchOf('my name', ['a'], { viewer: 7, choices: { a: 1 } }));
    const many = Array.from({ length: 5 }, (_, viewer) => searchOf('lamp', ['b', 'c'], { viewer, choices: { b: 1 } }));
    const idle = Array.from({ length: 5 }, (_, viewer) => searchOf('rug', ['e'], { viewer }));
    const judging = judge([...often, ...many, ...idle], 5);
    expect(judging).toMatchObject({ queries: 1, searches: 5, choices: 5, tooFew: 1, unchosen: 1 });
    expect(judging.judgments.map(({ query, item }) => [query, item])).toEqual([['lamp', 'b']]);
  });

  it('of nothing says nothing', () => {
    expect(judge([], 10)).toEqual({ judgments: [], queries: 0, searches: 0, choices: 0, tooFew: 0, unchosen: 0 });
  });
});
