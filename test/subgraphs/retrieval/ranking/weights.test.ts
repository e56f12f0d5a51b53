import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rankingProfilesSchema } from '../../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import type { RankingProfile } from '../../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import { mixWeights, withRequestedPriors } from '../../../../subgraphs/retrieval/ranking/weights.ts';
import { SIGNALS } from '../../../../src/vocabulary/signal.ts';
import type { Signal } from '../../../../src/vocabulary/signal.ts';

const ALL = new Set(SIGNALS);
const settings = { prior: 0.3, min: 0, max: 1 };

function profile(signals: Partial<RankingProfile['signals']> = {}): RankingProfile {
  const [read] = rankingProfilesSchema.parse([
    { key: 'test', version: 1, signals: { LEXICAL: settings, TEXT: settings, IMAGE: settings, ...signals } },
  ]);
  if (!read) throw new Error('no profile');
  return read;
}

const weightOf = (weights: readonly { signal: Signal; weight: number }[], signal: Signal) =>
  weights.find((each) => each.signal === signal)?.weight ?? 0;

const odds = fc.double({ min: -3, max: 3, noNaN: true });
const tilt = fc.record({ LEXICAL: odds, TEXT: odds, IMAGE: odds });
const bounds = fc.record({
  prior: fc.double({ min: 0.01, max: 1, noNaN: true }),
  min: fc.double({ min: 0, max: 0.3, noNaN: true }),
  max: fc.double({ min: 0.4, max: 1, noNaN: true }),
});

describe('weights', () => {
  it('sum to 1 and keep the bounds of the profile whatever the tilts', () => {
    fc.assert(
      fc.property(
        fc.record({ LEXICAL: bounds, TEXT: bounds, IMAGE: bounds }),
        fc.record({ query: tilt, viewer: tilt, strength: fc.double({ min: 0, max: 1, noNaN: true }) }),
        (signals, tilts) => {
          const given = profile(signals);
          const weights = mixWeights(given, tilts, ALL);
          expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
          for (const { signal, weight } of weights) {
            expect(weight).toBeGreaterThanOrEqual(given.signals[signal].min - 1e-9);
            expect(weight).toBeLessThanOrEqual(given.signals[signal].max + 1e-9);
          }
        },
      ),
    );
  });

  it('rise for a signal that the viewer leans to', () => {
    const still = mixWeights(profile(), { query: {}, viewer: {}, strength: 1 }, ALL);
    const moved = mixWeights(profile(), { query: {}, viewer: { IMAGE: 1 }, strength: 1 }, ALL);
    expect(weightOf(moved, 'IMAGE')).toBeGreaterThan(weightOf(still, 'IMAGE'));
    expect(weightOf(moved, 'TEXT')).toBeLessThan(weightOf(still, 'TEXT'));
  });

  it('depend on differences of the tilts only', () => {
    const a = mixWeights(profile(), { query: { LEXICAL: 1, TEXT: 0, IMAGE: -1 }, viewer: {}, strength: 1 }, ALL);
    const b = mixWeights(profile(), { query: { LEXICAL: 2, TEXT: 1, IMAGE: 0 }, viewer: {}, strength: 1 }, ALL);
    for (const signal of SIGNALS) expect(weightOf(a, signal)).toBeCloseTo(weightOf(b, signal), 9);
  });

  it('leave out an absent signal and solve the others again', () => {
    const weights = mixWeights(profile(), { query: {}, viewer: {}, strength: 1 }, new Set<Signal>(['LEXICAL', 'TEXT']));
    expect(weights.map(({ signal, weight }) => [signal, Number(weight.toFixed(6))])).toEqual([
      ['LEXICAL', 0.5],
      ['TEXT', 0.5],
    ]);
  });

  it('stay off for a prior of 0, whatever its minimum and tilt', () => {
    const off = profile({ IMAGE: { prior: 0, min: 0.2, max: 1 } });
    expect(weightOf(mixWeights(off, { query: { IMAGE: 3 }, viewer: { IMAGE: 3 }, strength: 1 }, ALL), 'IMAGE')).toBe(0);
  });

  it('of a request take the place of the priors', () => {
    const weights = mixWeights(
      withRequestedPriors(profile(), { LEXICAL: 1, TEXT: 3 }),
      { query: {}, viewer: {}, strength: 1 },
      ALL,
    );
    expect(weightOf(weights, 'TEXT')).toBeCloseTo(0.75, 6);
    expect(weightOf(weights, 'IMAGE')).toBe(0);
  });

  it('are refused in a profile whose minima sum to more than 1 or maxima to less', () => {
    expect(() =>
      profile({ LEXICAL: { prior: 0.5, min: 0.6, max: 1 }, TEXT: { prior: 0.5, min: 0.6, max: 1 } }),
    ).toThrow('expected at most 1');
    const tight = { prior: 0.5, min: 0, max: 0.3 };
    expect(() => profile({ LEXICAL: tight, TEXT: tight, IMAGE: tight })).toThrow('expected at least 1');
  });
});
