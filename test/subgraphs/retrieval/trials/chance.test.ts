import { describe, expect, it } from '@jest/globals';
import { ratioDifference, ratioOf } from '../../../../subgraphs/retrieval/measures/ratio.ts';
import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { seeded } from '../../../support/random.ts';
import { by, comparisonOf } from './tried.ts';

const RUNS = 400;
const VIEWERS = 300;

/**
 * A trial of viewers who differ: some choose nearly always and some hardly ever, and who chooses more searches more. `lift` is how much
 * more often they choose from the trial.
 */
function madeUpTrial(random: () => number, lift = 0): readonly LoggedSearch[] {
  const searches = Array.from({ length: VIEWERS }, (_, viewer) => {
    const eager = random();
    const version = random() < 0.5 ? 1 : 2;
    const rate = 0.05 + 0.7 * eager ** 2 * (version === 2 ? 1 + lift : 1);
    const count = 1 + Math.floor(20 * random() * eager);
    return Array.from({ length: count }, (_search, n) =>
      by(version, {
        viewer,
        at: (n * VIEWERS + viewer) * 60_000,
        chosen: random() < rate ? [1 + Math.floor(5 * random())] : [],
      }),
    );
  });
  return searches.flat().sort((a, b) => a.at - b.at);
}

const shareOf = (found: readonly boolean[]): number => found.filter(Boolean).length / found.length;

describe('of two versions that are the same, the report', () => {
  const runs = Array.from({ length: RUNS }, (_, run) => {
    const searches = madeUpTrial(seeded(run));
    return { searches, comparison: comparisonOf(searches) };
  });

  it('finds one to be better or worse about one time of twenty, as an interval of 95 % has to', () => {
    const fooled = shareOf(runs.map(({ comparison }) => comparison.verdict !== 'OPEN'));
    expect(fooled).toBeGreaterThan(0.02);
    expect(fooled).toBeLessThan(0.085);
  });

  it.each([1, 2])('is as seldom wrong by the other measures of choices (%i)', (measure) => {
    const fooled = shareOf(
      runs.map(({ comparison }) => {
        const { low = 0, high = 0 } = comparison.figures[measure]?.difference ?? {};
        return low > 0 || high < 0;
      }),
    );
    expect(fooled).toBeGreaterThan(0.02);
    expect(fooled).toBeLessThan(0.085);
  });

  it('would be wrong far more often if it took the searches of a viewer for those of many', () => {
    const of = (searches: readonly LoggedSearch[], version: number) =>
      ratioOf(
        searches
          .filter(({ rankedBy }) => rankedBy.version === version)
          .map(({ shown }) => [shown.some(({ worth }) => worth > 0) ? 1 : 0, 1]),
      ) ?? { value: 0, variance: 0 };
    const fooled = shareOf(
      runs.map(({ searches }) => {
        const { low, high } = ratioDifference(of(searches, 2), of(searches, 1));
        return low > 0 || high < 0;
      }),
    );
    expect(fooled).toBeGreaterThan(0.12);
  });

  it('hardly ever finds that viewers are missing', () => {
    expect(shareOf(runs.map(({ comparison }) => comparison.split.isUnlike === true))).toBeLessThan(0.01);
  });
});

describe('of a version that is truly better, the report', () => {
  it('finds it, and never that it is worse', () => {
    const verdicts = Array.from({ length: 60 }, (_, run) => comparisonOf(madeUpTrial(seeded(run), 0.5)).verdict);
    expect(shareOf(verdicts.map((verdict) => verdict === 'BETTER'))).toBeGreaterThan(0.9);
    expect(verdicts).not.toContain('WORSE');
  });
});
