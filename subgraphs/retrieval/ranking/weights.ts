import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';
import type { Tilt } from '../../../src/vocabulary/tilt.ts';
import type { RankingProfile } from './ranking-profile.ts';

/** Where a weight came from, so that it can be shown: the profile's prior and what moved it (log-odds). */
export interface SignalWeight {
  readonly signal: Signal;
  readonly weight: number;
  readonly prior: number;
  readonly queryTilt: number;
  readonly viewerTilt: number;
}

export interface Tilts {
  readonly query: Tilt;
  readonly viewer: Tilt;
  /** How far the viewer may move the weights, 0 to 1. */
  readonly strength: number;
}

/**
 * Mixes what each source says about the signals into weights that sum to 1 and keep the profile's bounds:
 * `w_s = clip(L * prior_s * exp(q_s + strength * u_s), min_s, max_s)` with L solved by bisection.
 * Tilts are log-odds, so they add up and an absent source is simply 0 (product of experts, Hinton 2002).
 * Only `present` signals take part; a prior of 0 switches a signal off.
 */
export function mixWeights(
  profile: RankingProfile,
  tilts: Tilts,
  present: ReadonlySet<Signal>,
): readonly SignalWeight[] {
  const on = SIGNALS.filter((signal) => present.has(signal) && profile.signals[signal].prior > 0);
  const terms = on.map((signal) => {
    const { prior, min, max } = profile.signals[signal];
    const queryTilt = tilts.query[signal] ?? 0;
    const viewerTilt = tilts.strength * (tilts.viewer[signal] ?? 0);
    return { signal, prior, queryTilt, viewerTilt, min, max, pull: prior * Math.exp(queryTilt + viewerTilt) };
  });
  const weights = solve(terms);
  return terms.map(({ signal, prior, queryTilt, viewerTilt }, i) => ({
    signal,
    weight: weights[i] ?? 0,
    prior,
    queryTilt,
    viewerTilt,
  }));
}

/** The request's own weights take the place of the priors; the profile's bounds hold for them too. */
export function withRequestedPriors(profile: RankingProfile, requested: BySignal<number> | undefined): RankingProfile {
  if (!requested) return profile;
  // Of the largest first: two numbers near the largest there is have no sum.
  const largest = Math.max(...SIGNALS.map((signal) => requested[signal] ?? 0));
  const shareOf = (signal: Signal) => (requested[signal] ?? 0) / largest;
  const sum = total(SIGNALS.map(shareOf));
  const settings = (signal: Signal) => ({ ...profile.signals[signal], prior: shareOf(signal) / sum });
  const [LEXICAL, TEXT, IMAGE, ITEM] = [settings('LEXICAL'), settings('TEXT'), settings('IMAGE'), settings('ITEM')];
  return { ...profile, signals: { LEXICAL, TEXT, IMAGE, ITEM } };
}

/** The signals that are given a weight, where the query has evidence for none of them: nothing can be ranked then. Else undefined. */
export function unanswered(profile: RankingProfile, compared: ReadonlySet<Signal>): readonly Signal[] | undefined {
  const on = SIGNALS.filter((signal) => profile.signals[signal].prior > 0);
  return on.some((signal) => compared.has(signal)) ? undefined : on;
}

interface Term {
  readonly pull: number;
  readonly min: number;
  readonly max: number;
}

const STEPS = 80;

/** Finds L, in the logarithm, so that the clipped weights sum to 1. Signals left out can make bounds that cannot be met: then they yield. */
function solve(terms: readonly Term[]): readonly number[] {
  const bounded = feasible(terms) ? terms : terms.map((term) => ({ ...term, min: 0, max: 1 }));
  const at = (logL: number) => bounded.map(({ pull, min, max }) => Math.min(max, Math.max(min, Math.exp(logL) * pull)));
  let low = -60;
  let high = 60;
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (total(at(middle)) < 1) low = middle;
    else high = middle;
  }
  const weights = at(high);
  const sum = total(weights);
  return weights.map((weight) => weight / sum);
}

function feasible(terms: readonly Term[]): boolean {
  return total(terms.map(({ min }) => min)) <= 1 && total(terms.map(({ max }) => max)) >= 1;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
