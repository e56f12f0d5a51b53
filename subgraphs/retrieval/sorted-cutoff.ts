import type { Sort } from '../../src/vocabulary/search-request.ts';
import type { CandidateSet, IndexQuery, ItemIndex } from './index/item-index.ts';
import { evidenceOf } from './ranking/evidence.ts';
import type { EvidenceSettings } from './ranking/evidence.ts';
import { mix } from './ranking/mixing.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';
import type { SignalWeight } from './ranking/weights.ts';

interface Asked {
  readonly profile: Pick<RankingProfile, 'sortedCutoff'>;
  readonly sort: readonly Sort[];
  /** Where a request says what is to be cut off, nothing else is. */
  readonly minScore?: number;
  /** Where it is known already. */
  readonly sortedCutoff?: number;
}

interface Finding {
  readonly index: Pick<ItemIndex, 'candidates'>;
  /** What the query finds with its filter. */
  readonly own: Promise<{ readonly found: CandidateSet }>;
}

/**
 * What hits are compared with where they are sorted, by a search in words that another order than their own is asked of: what the query
 * finds whatever the filter. Were the best of a filter the measure, no facet would count what choosing its value shows. Undefined where
 * nothing is cut off.
 */
export async function foundUnfiltered(
  query: IndexQuery,
  { profile, sort, minScore, sortedCutoff }: Asked,
  { index, own }: Finding,
): Promise<CandidateSet | undefined> {
  const isReordered = sort[0] !== undefined && sort[0].field !== 'RELEVANCE';
  const cuts = isReordered && query.words !== undefined && minScore === undefined && profile.sortedCutoff > 0;
  if (!cuts || sortedCutoff !== undefined) return undefined;
  const candidates = Math.min(query.candidates, ENOUGH);
  return query.filter ? index.candidates({ ...query, filter: undefined, candidates }) : (await own).found;
}

/** Of each kind of evidence: the best of all is among the best by one of them. */
const ENOUGH = 50;

interface Ranking extends Pick<EvidenceSettings, 'probes' | 'calibration'> {
  readonly weights: readonly SignalWeight[];
  readonly profile: RankingProfile;
}

/**
 * The linear score that sorted hits have at least, a share of the best of all: what resembles the words only a little would stand first
 * by its price alone. What the words name by its id is no measure of the others.
 */
export function cutoffOf(all: CandidateSet | undefined, { weights, profile, ...by }: Ranking): number {
  const candidates = all?.candidates.filter(({ named }) => !named) ?? [];
  if (!all || candidates.length === 0) return 0;
  const { linear } = mix(evidenceOf(candidates, { ...by, idfSum: all.idfSum }), weights, profile);
  return profile.sortedCutoff * linear.reduce((best, score) => Math.max(best, score), 0);
}
