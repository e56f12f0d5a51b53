import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';
import type { SignalEvidence } from './evidence.ts';
import type { Hit, SignalScore } from './hit.ts';
import type { RankingProfile } from './ranking-profile.ts';
import type { SignalWeight } from './weights.ts';

export interface Scored {
  readonly id: string;
  readonly evidence: BySignal<SignalEvidence>;
}

export interface MixedHit extends Hit {
  /** The weighted mean of the normalised scores: what a cut-off compares, whichever fusion ranks. */
  readonly linear: number;
}

/** Ranks every candidate by every signal and mixes. RRF after Cormack, Clarke and Büttcher 2009, weighted and scaled to 0..1. */
export function mix(
  candidates: readonly Scored[],
  weights: readonly SignalWeight[],
  profile: RankingProfile,
): readonly MixedHit[] {
  const ranks = new Map(weights.map(({ signal }) => [signal, ranksBy(signal, candidates)]));
  return candidates.map(({ id, evidence }) => {
    const signals: Partial<Record<Signal, SignalScore>> = {};
    let linear = 0;
    let score = 0;
    for (const { signal, weight } of weights) {
      const found = evidence[signal];
      if (!found) continue;
      const rank = ranks.get(signal)?.get(id) ?? null;
      const contribution = profile.fusion === 'LINEAR' ? weight * found.normalised : reciprocal(rank, weight, profile);
      signals[signal] = { ...found, weight, contribution, rank };
      linear += weight * found.normalised;
      score += contribution;
    }
    return { id, score, linear, signals, boost: 0 };
  });
}

function reciprocal(rank: number | null, weight: number, { rankConstant }: RankingProfile): number {
  return rank === null ? 0 : (weight * (rankConstant + 1)) / (rankConstant + rank);
}

/** Places by one signal, from 1; equal scores share the better place. What did not match or was imputed has none. */
function ranksBy(signal: Signal, candidates: readonly Scored[]): ReadonlyMap<string, number> {
  const measured = candidates
    .flatMap(({ id, evidence }) => {
      const found = evidence[signal];
      return found && !found.imputed && !(signal === 'LEXICAL' && found.normalised === 0)
        ? [{ id, score: found.normalised }]
        : [];
    })
    .sort((a, b) => b.score - a.score);
  const ranks = new Map<string, number>();
  let place = 0;
  measured.forEach(({ id, score }, i) => {
    if (i === 0 || score < (measured[i - 1]?.score ?? 0)) place = i + 1;
    ranks.set(id, place);
  });
  return ranks;
}

/** The signals for which at least one candidate has evidence. */
export function presentSignals(candidates: readonly Scored[]): ReadonlySet<Signal> {
  return new Set(SIGNALS.filter((signal) => candidates.some(({ evidence }) => evidence[signal] !== undefined)));
}
