import { describe, expect, it } from '@jest/globals';
import { normal, seeded } from '../../../support/random.ts';
import { differenceEstimate, liftEstimate, meanEstimate } from '../../../../subgraphs/retrieval/measures/bootstrap.ts';
import { ndcg } from '../../../../subgraphs/retrieval/measures/ndcg.ts';
import { queryFigures } from '../../../../subgraphs/retrieval/measures/query-figures.ts';
import { recall, reciprocalRank } from '../../../../subgraphs/retrieval/measures/recall.ts';
import { placeOf } from '../../../../subgraphs/retrieval/measures/split.ts';

const FEW = { resamples: 1000 };
const GRADES = new Map([
  ['a', 2],
  ['b', 1],
  ['c', 0],
]);

describe('nDCG@10', () => {
  it('is 1 for the best order and 0 where nothing relevant is found', () => {
    expect(ndcg(['a', 'b', 'c'], GRADES)).toBe(1);
    expect(ndcg(['c', 'x', 'y'], GRADES)).toBe(0);
    expect(ndcg(['a'], new Map([['a', 0]]))).toBe(0);
  });

  it('weighs grades by 2^grade - 1 and places by their logarithm', () => {
    const gained = 1 + 3 / Math.log2(3);
    expect(ndcg(['b', 'a'], GRADES)).toBeCloseTo(gained / (3 + 1 / Math.log2(3)), 12);
  });

  it('looks no further than ten, and knows that more than ten may be relevant', () => {
    const many = new Map(Array.from({ length: 30 }, (_, i) => [`i${i}`, 1] as const));
    const ranking = [...many.keys()];
    expect(ndcg(ranking, many)).toBe(1);
    expect(ndcg([...Array.from({ length: 10 }, (_, i) => `other${i}`), ...ranking], many)).toBe(0);
  });
});

describe('recall, reciprocal rank and hit', () => {
  it('count what stands high enough', () => {
    const wanted = new Set(['a', 'b']);
    expect(recall(['x', 'a', 'y', 'b'], wanted, 3)).toBe(0.5);
    expect(reciprocalRank(['x', 'a'], wanted)).toBe(0.5);
    expect(reciprocalRank(['x', 'y'], wanted)).toBe(0);
  });

  it('want the items of the highest grade', () => {
    expect(queryFigures(['b', 'a'], GRADES)).toMatchObject({ MRR: 0.5, 'Recall@10': 1, 'hit@1': 0 });
  });
});

describe('the paired bootstrap', () => {
  const random = seeded(5);
  const base = Array.from({ length: 400 }, () => normal(random));

  it('finds a small steady difference that two separate intervals would hide', () => {
    const better = base.map((value) => value + 0.1 + 0.05 * normal(random));
    expect(meanEstimate(better, FEW).low).toBeLessThan(meanEstimate(base, FEW).high);
    const difference = differenceEstimate(better, base, FEW);
    expect(difference.value).toBeCloseTo(0.1, 1);
    expect(difference.low).toBeGreaterThan(0.08);
  });

  it('covers the truth mostly', () => {
    const covered = Array.from({ length: 100 }, (_, run) => {
      const values = Array.from({ length: 100 }, () => normal(random));
      const { low, high } = meanEstimate(values, { resamples: 400, seed: run });
      return low <= 0 && high >= 0;
    });
    const share = covered.filter(Boolean).length / covered.length;
    expect(share).toBeGreaterThan(0.88);
    expect(share).toBeLessThan(0.99);
  });

  it('is wider where queries share what makes them easy', () => {
    const groups = Array.from({ length: 400 }, (_, i) => `group${i % 8}`);
    const values = groups.map((group) => (group < 'group4' ? 1 : 0));
    const alone = meanEstimate(values, FEW);
    const together = meanEstimate(values, { ...FEW, groups });
    expect(together.high - together.low).toBeGreaterThan(3 * (alone.high - alone.low));
  });

  it('tells a lift relative to the base, the same each time', () => {
    const ones = base.map(() => 1);
    const more = base.map((_, i) => (i % 2 === 0 ? 1.2 : 1.4));
    expect(liftEstimate(more, ones, FEW).value).toBeCloseTo(0.3, 12);
    expect(liftEstimate(more, ones, FEW)).toEqual(liftEstimate(more, ones, FEW));
  });
});

describe('the split by hash', () => {
  it('is even, and the same each time', () => {
    const places = Array.from({ length: 1000 }, (_, i) => placeOf(`query ${i}`));
    expect(places.filter((place) => place < 0.3).length / 1000).toBeCloseTo(0.3, 1);
    expect(placeOf('teal dress')).toBe(placeOf('teal dress'));
  });
});
