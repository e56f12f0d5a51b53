import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';
import type { SignalEvidence } from './evidence.ts';
import type { SignalScore } from './hit.ts';
import type { RankingProfile } from './ranking-profile.ts';
import type { SignalWeight } from './weights.ts';

/** Candidates mixed, in their order. */
export interface Mixture {
  /** 0 to 1. */
  readonly scores: Float64Array;
  /** The weighted means of the normalised scores: what a cut-off compares, whichever fusion ranks. */
  readonly linear: Float64Array;
  /** What the score of a candidate is made of. */
  readonly signalsAt: (place: number) => BySignal<SignalScore>;
}

/** Ranks every candidate by every signal and mixes. RRF after Cormack, Clarke and Büttcher 2009, weighted and scaled to 0..1. */
export function mix(
  evidence: BySignal<SignalEvidence>,
  weights: readonly SignalWeight[],
  profile: RankingProfile,
): Mixture {
  const parts = weights.flatMap(({ signal, weight }) => {
    const found = evidence[signal];
    return found ? [{ signal, weight, ...found, ascending: measuredScores(signal, found) }] : [];
  });
  const contribution = (part: Part, place: number): number =>
    profile.fusion === 'LINEAR'
      ? part.weight * (part.normalised[place] ?? 0)
      : reciprocal(rankAt(part, place), part.weight, profile);
  const [first] = Object.values(evidence);
  const linear = new Float64Array(first?.normalised.length ?? 0);
  const scores = new Float64Array(linear.length);
  for (const part of parts)
    for (let place = 0; place < linear.length; place++) {
      linear[place] = (linear[place] ?? 0) + part.weight * (part.normalised[place] ?? 0);
      scores[place] = (scores[place] ?? 0) + contribution(part, place);
    }
  const signalsAt = (place: number): BySignal<SignalScore> => {
    const signals: Partial<Record<Signal, SignalScore>> = {};
    for (const part of parts) {
      const raw = part.raw[place] ?? NaN;
      const imputed = Number.isNaN(raw);
      signals[part.signal] = {
        raw: imputed ? null : raw,
        normalised: part.normalised[place] ?? 0,
        imputed,
        weight: part.weight,
        contribution: contribution(part, place),
        rank: rankAt(part, place),
      };
    }
    return signals;
  };
  return { scores, linear, signalsAt };
}

/** One signal with its weight. */
interface Part extends SignalEvidence {
  readonly signal: Signal;
  readonly weight: number;
  /** Normalised scores of those that the signal ranks. */
  readonly ascending: Float64Array;
}

function reciprocal(rank: number | null, weight: number, { rankConstant }: RankingProfile): number {
  return rank === null ? 0 : (weight * (rankConstant + 1)) / (rankConstant + rank);
}

/** The place by one signal, from 1; equal scores share the better place. What did not match or was imputed has none. */
function rankAt({ signal, raw, normalised, ascending }: Part, place: number): number | null {
  const score = normalised[place] ?? 0;
  return isRanked(signal, raw[place], score) ? 1 + ascending.length - upTo(ascending, score) : null;
}

function measuredScores(signal: Signal, { raw, normalised }: SignalEvidence): Float64Array {
  const scores = new Float64Array(normalised.length);
  let count = 0;
  for (let place = 0; place < normalised.length; place++) {
    const score = normalised[place] ?? 0;
    if (isRanked(signal, raw[place], score)) scores[count++] = score;
  }
  return scores.subarray(0, count).sort();
}

function isRanked(signal: Signal, raw = NaN, normalised: number): boolean {
  return !Number.isNaN(raw) && !(signal === 'LEXICAL' && normalised === 0);
}

/** How many of the ascending values are not above the given one. */
function upTo(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
