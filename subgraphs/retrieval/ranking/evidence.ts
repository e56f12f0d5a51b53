import type { Candidate } from '../index/item-index.ts';
import { normaliseCosine } from '../catalogue/fitting/calibration.ts';
import type { Calibration, Route, RouteCalibration } from '../catalogue/fitting/calibration.ts';
import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';

/** How a probe of the query is compared: which signal it speaks for and by which route. In the order of the index's probes. */
export interface ProbePlan {
  readonly signal: Exclude<Signal, 'LEXICAL'>;
  readonly route: Route;
  readonly weight: number;
  /** What its cosines mean, where that is not as for every query by this route. */
  readonly calibration?: RouteCalibration;
}

/** What one signal says of candidates, in their order: columns, since a request may score tens of thousands. */
export interface SignalEvidence {
  /** BM25 or the weighted mean of cosines; NaN where the item has none, and the mean of random items stands in. */
  readonly raw: Float64Array;
  /** Calibrated, 0 to 1. */
  readonly normalised: Float64Array;
}

export interface EvidenceSettings {
  readonly probes: readonly ProbePlan[];
  readonly calibration: Calibration;
  /** The sum of the query terms' inverse document frequencies; 0 without words. */
  readonly idfSum: number;
}

const COMPARED = ['TEXT', 'IMAGE', 'ITEM'] as const satisfies readonly ProbePlan['signal'][];

/** Scores candidates by every signal that the query has. A signal is never renormalised for one item: missing must not beat average. */
export function evidenceOf(candidates: readonly Candidate[], settings: EvidenceSettings): BySignal<SignalEvidence> {
  const evidence: Partial<Record<Signal, SignalEvidence>> = {};
  if (candidates.length === 0) return evidence;
  if (settings.idfSum > 0 || candidates.some(({ named }) => named))
    evidence.LEXICAL = lexicalEvidence(candidates, settings);
  for (const signal of COMPARED) {
    const own = settings.probes.flatMap((probe, place) => (probe.signal === signal ? [{ ...probe, place }] : []));
    if (own.length > 0) evidence[signal] = comparedEvidence(candidates, own, settings);
  }
  return evidence;
}

/**
 * `s / (s + k * sum of idf)`: saturating, so that a long query is not a better one. k is measured per generation. Words that are the
 * id of an item match nothing better: 1.
 */
function lexicalEvidence(candidates: readonly Candidate[], { calibration, idfSum }: EvidenceSettings): SignalEvidence {
  const raw = new Float64Array(candidates.length);
  candidates.forEach(({ lexical }, at) => (raw[at] = lexical));
  const half = calibration.lexicalK * idfSum;
  const normalised = raw.map((score, at) => {
    if (candidates[at]?.named) return 1;
    return score <= 0 ? 0 : score / (score + half);
  });
  return { raw, normalised };
}

/** The weighted mean over the probes that speak for a signal. */
function comparedEvidence(
  candidates: readonly Candidate[],
  own: readonly (ProbePlan & { readonly place: number })[],
  { calibration }: EvidenceSettings,
): SignalEvidence {
  const wanted = own.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
  const scale = wanted || own.reduce((sum, { weight }) => sum - weight, 0);
  const raw = new Float64Array(candidates.length).fill(NaN);
  // Where a signal is only told what is unwanted, the least like it is the best.
  const normalised = new Float64Array(candidates.length).fill(wanted > 0 ? 0 : 1);
  for (const { place, weight, route: name, calibration: route = calibration.routes[name] } of own) {
    const share = weight / scale;
    candidates.forEach(({ cosines }, at) => {
      const cosine = cosines[place] ?? null;
      const its = cosine === null ? route.imputed : normaliseCosine(route, cosine);
      normalised[at] = (normalised[at] ?? 0) + share * its;
      if (cosine !== null) raw[at] = (raw[at] || 0) + share * cosine;
    });
  }
  return { raw, normalised: normalised.map((its) => Math.min(1, Math.max(0, its))) };
}
