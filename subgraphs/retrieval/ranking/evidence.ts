import type { Candidate } from '../index/item-index.ts';
import { normaliseCosine } from '../catalogue/fitting/calibration.ts';
import type { Calibration, Route } from '../catalogue/fitting/calibration.ts';
import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';

/** How a probe of the query is compared: which signal it speaks for and by which route. In the order of the index's probes. */
export interface ProbePlan {
  readonly signal: Exclude<Signal, 'LEXICAL'>;
  readonly route: Route;
  readonly weight: number;
}

/** One signal of one candidate. */
export interface SignalEvidence {
  /** BM25 or the weighted mean of cosines; null where the item has none. */
  readonly raw: number | null;
  /** Calibrated, 0 to 1. */
  readonly normalised: number;
  /** The item lacks the evidence, and the mean of random items stands in. */
  readonly imputed: boolean;
}

export interface EvidenceSettings {
  readonly probes: readonly ProbePlan[];
  readonly calibration: Calibration;
  /** The sum of the query terms' inverse document frequencies; 0 without words. */
  readonly idfSum: number;
}

const COMPARED = ['TEXT', 'IMAGE', 'ITEM'] as const satisfies readonly ProbePlan['signal'][];

/** Scores candidates by every signal that the query has. A signal is never renormalised for one item: missing must not beat average. */
export function evidenceBy(settings: EvidenceSettings): (candidate: Candidate) => BySignal<SignalEvidence> {
  const comparisons = COMPARED.flatMap((signal) => {
    const compare = comparison(signal, settings);
    return compare ? [[signal, compare] as const] : [];
  });
  return ({ lexical, cosines }) => {
    const evidence: Partial<Record<Signal, SignalEvidence>> = {};
    if (settings.idfSum > 0) evidence.LEXICAL = lexicalEvidence(lexical, settings);
    for (const [signal, compare] of comparisons) evidence[signal] = compare(cosines);
    return evidence;
  };
}

/** `s / (s + k * sum of idf)`: saturating, so that a long query is not a better one. k is measured per generation. */
function lexicalEvidence(score: number, { calibration, idfSum }: EvidenceSettings): SignalEvidence {
  return { raw: score, normalised: score <= 0 ? 0 : score / (score + calibration.lexicalK * idfSum), imputed: false };
}

/** The weighted mean over the probes that speak for a signal; undefined where none does. */
function comparison(
  signal: ProbePlan['signal'],
  { probes, calibration }: EvidenceSettings,
): ((cosines: Candidate['cosines']) => SignalEvidence) | undefined {
  const own = probes.flatMap((probe, place) => (probe.signal === signal ? [{ ...probe, place }] : []));
  if (own.length === 0) return undefined;
  const wanted = own.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
  const scale = wanted || own.reduce((sum, { weight }) => sum - weight, 0);
  // Where a signal is only told what is unwanted, the least like it is the best.
  const from = wanted > 0 ? 0 : 1;
  const parts = own.map(({ place, weight, route }) => ({
    place,
    share: weight / scale,
    route: calibration.routes[route],
  }));
  return (cosines) => {
    let [raw, normalised, imputed] = [0, from, true];
    for (const { place, share, route } of parts) {
      const cosine = cosines[place] ?? null;
      normalised += share * (cosine === null ? route.imputed : normaliseCosine(route, cosine));
      if (cosine === null) continue;
      raw += share * cosine;
      imputed = false;
    }
    return { raw: imputed ? null : raw, normalised: Math.min(1, Math.max(0, normalised)), imputed };
  };
}
