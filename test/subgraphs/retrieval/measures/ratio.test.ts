import { describe, expect, it } from '@jest/globals';
import { ratioDifference, ratioLift, ratioOf, timesForLift } from '../../../../subgraphs/retrieval/measures/ratio.ts';
import type { Ratio, RatioPart } from '../../../../subgraphs/retrieval/measures/ratio.ts';
import { normal, seeded } from '../../../support/random.ts';

/** Of units that bring a few or many each, and more of what is counted the more they bring. */
function drawn(random: () => number, count = 60): readonly RatioPart[] {
  return Array.from({ length: count }, () => {
    const under = 1 + Math.floor(20 * random() ** 3);
    const rate = under > 5 ? 0.6 : 0.2;
    return [Array.from({ length: under }, () => random() < rate).filter(Boolean).length, under] as const;
  });
}

function told(parts: readonly RatioPart[]): Ratio {
  const ratio = ratioOf(parts);
  if (!ratio) throw new Error('A ratio was expected.');
  return ratio;
}

describe('a ratio of sums', () => {
  it('is that of the sums, with the variance of a mean where every unit brings one', () => {
    const { value, variance } = told([
      [1, 1],
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
    expect(value).toBe(0.5);
    expect(variance).toBeCloseTo(1 / 3 / 4, 12);
  });

  it('varies from draw to draw as much as it says', () => {
    const random = seeded(7);
    const ratios = Array.from({ length: 4000 }, () => told(drawn(random)));
    const centre = ratios.reduce((sum, { value }) => sum + value, 0) / ratios.length;
    const seen = ratios.reduce((sum, { value }) => sum + (value - centre) ** 2, 0) / ratios.length;
    const said = ratios.reduce((sum, { variance }) => sum + variance, 0) / ratios.length;
    expect(said / seen).toBeGreaterThan(0.9);
    expect(said / seen).toBeLessThan(1.1);
  });

  it('is not told of one unit, nor where there is nothing to divide by', () => {
    expect(ratioOf([])).toBeUndefined();
    expect(ratioOf([[1, 2]])).toBeUndefined();
    expect(
      ratioOf([
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
  });
});

describe('the lift of a ratio', () => {
  it('is without 0 exactly where the difference is', () => {
    const random = seeded(11);
    const excluded = Array.from({ length: 2000 }, () => {
      const [base, ratio] = [told(drawn(random)), told(drawn(random))];
      const better = { ...ratio, value: ratio.value + 0.1 * normal(random) };
      const [difference, lift] = [ratioDifference(better, base), ratioLift(better, base)];
      expect(lift && [Math.sign(lift.low), Math.sign(lift.high)]).toEqual([
        Math.sign(difference.low),
        Math.sign(difference.high),
      ]);
      return difference.low > 0 || difference.high < 0;
    });
    const times = excluded.filter(Boolean).length;
    expect(times).toBeGreaterThan(100);
    expect(times).toBeLessThan(1900);
  });

  it('is relative to the base, and not told where that may as well be 0', () => {
    const sure = { value: 0.5, variance: 0 };
    expect(ratioLift({ value: 0.6, variance: 0 }, sure)?.value).toBeCloseTo(0.2, 12);
    expect(ratioLift(sure, { value: 0.01, variance: 0.01 })).toBeUndefined();
    expect(ratioLift(sure, { value: 0, variance: 0 })).toBeUndefined();
  });
});

describe('how many units a lift takes', () => {
  it('is found four times of five of so many', () => {
    const random = seeded(3);
    const lift = 0.1;
    // 60 clicks of 100, each unit one search: every unit is as the next.
    const of = (count: number, rate: number) =>
      told(Array.from({ length: count }, () => [random() < rate ? 1 : 0, 1] as const));
    const exact = { value: 0.6, variance: 0.24 / 1000 };
    const times = timesForLift(lift, { ratio: exact, base: exact }) ?? 0;
    const count = Math.round(1000 * times);
    const found = Array.from(
      { length: 400 },
      () => ratioDifference(of(count, 0.6 * (1 + lift)), of(count, 0.6)).low > 0,
    );
    const share = found.filter(Boolean).length / found.length;
    expect(share).toBeGreaterThan(0.72);
    expect(share).toBeLessThan(0.88);
  });

  it('is not told where nothing varies', () => {
    const none = { value: 0.5, variance: 0 };
    expect(timesForLift(0.1, { ratio: none, base: none })).toBeUndefined();
  });
});
