import { normaliseCosine } from '../catalogue/fitting/calibration.ts';
import { nthBest } from '../index/nth-best.ts';
import type { Candidate, Column } from '../index/item-index.ts';
import type { EvidenceSettings, ProbePlan } from './evidence.ts';
import type { SignalWeight } from './weights.ts';

export interface SearchedBy extends EvidenceSettings {
  readonly probes: readonly (ProbePlan & { readonly column: Column })[];
  /** How many candidates each kind of evidence brought at most. */
  readonly limit: number;
}

/**
 * The highest weighted mean of normalised scores that an item may have which no kind of evidence brought: by each kind it is no better
 * than the last that was brought. 0 where every kind brought all that it has.
 */
export function highestUnfound(
  candidates: readonly Candidate[],
  weights: readonly SignalWeight[],
  by: SearchedBy,
): number {
  const lastOf = (scores: readonly number[]) => nthBest(Float64Array.from(scores), by.limit);
  const lastByWords = lastOf(candidates.map(({ lexical }) => lexical).filter((score) => score > 0));
  const lastByProbe = by.probes.map((_, place) => lastOf(candidates.flatMap(({ cosines }) => cosines[place] ?? [])));
  if ([lastByWords, ...lastByProbe].every((last) => last === undefined)) return 0;
  const most = weights.map(
    ({ signal, weight }) =>
      weight * (signal === 'LEXICAL' ? mostByWords(lastByWords, by) : mostByLikeness(signal, lastByProbe, by)),
  );
  return most.reduce((sum, each) => sum + each, 0);
}

function mostByWords(last: number | undefined, { calibration, idfSum }: EvidenceSettings): number {
  return last === undefined ? 0 : last / (last + calibration.lexicalK * idfSum);
}

/** An item without the column has what stands in for it. What is like the unwanted only loses by that. */
function mostByLikeness(
  signal: SignalWeight['signal'],
  lasts: readonly (number | undefined)[],
  { probes, calibration }: SearchedBy,
): number {
  const wanted = probes.flatMap((probe, place) =>
    probe.signal === signal && probe.weight > 0 ? [{ ...probe, last: lasts[place] }] : [],
  );
  if (wanted.length === 0) return 1;
  const sum = wanted.reduce((total, { weight }) => total + weight, 0);
  return wanted.reduce(
    (total, { weight, column, last, route: name, calibration: route = calibration.routes[name] }) => {
      // Probes of one column bring candidates together, and of none alone can be said how good the others are.
      const alone = probes.filter((probe) => probe.column === column).length === 1;
      const best = last === undefined ? route.imputed : alone ? normaliseCosine(route, last) : 1;
      return total + (weight / sum) * Math.max(route.imputed, best);
    },
    0,
  );
}
