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

/** Scores a candidate by every signal that the query has. A signal is never renormalised for one item: missing must not beat average. */
export function evidenceOf(candidate: Candidate, settings: EvidenceSettings): BySignal<SignalEvidence> {
  const lexical = settings.idfSum > 0 ? { LEXICAL: lexicalEvidence(candidate.lexical, settings) } : {};
  return {
    ...lexical,
    ...vectorEvidence('TEXT', candidate, settings),
    ...vectorEvidence('IMAGE', candidate, settings),
    ...vectorEvidence('ITEM', candidate, settings),
  };
}

/** `s / (s + k * sum of idf)`: saturating, so that a long query is not a better one. k is measured per generation. */
function lexicalEvidence(score: number, { calibration, idfSum }: EvidenceSettings): SignalEvidence {
  return { raw: score, normalised: score <= 0 ? 0 : score / (score + calibration.lexicalK * idfSum), imputed: false };
}

function vectorEvidence(
  signal: ProbePlan['signal'],
  candidate: Candidate,
  settings: EvidenceSettings,
): BySignal<SignalEvidence> {
  const own = settings.probes.flatMap((probe, i) =>
    probe.signal === signal ? [{ ...probe, cosine: candidate.cosines[i] ?? null }] : [],
  );
  if (own.length === 0) return {};
  const wanted = own.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
  const scale = wanted || own.reduce((sum, { weight }) => sum - weight, 0);
  // Where a signal is only told what is unwanted, the least like it is the best.
  const from = wanted > 0 ? 0 : 1;
  const parts = own.map(({ route, weight, cosine }) => ({
    weight: weight / scale,
    raw: cosine,
    normalised:
      cosine === null
        ? settings.calibration.routes[route].imputed
        : normaliseCosine(settings.calibration.routes[route], cosine),
  }));
  const imputed = parts.every(({ raw }) => raw === null);
  const raw = imputed ? null : parts.reduce((sum, part) => sum + part.weight * (part.raw ?? 0), 0);
  const normalised = parts.reduce((sum, part) => sum + part.weight * part.normalised, from);
  return { [signal]: { raw, normalised: Math.min(1, Math.max(0, normalised)), imputed } };
}
