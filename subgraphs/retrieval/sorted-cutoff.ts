import type { ItemFilter } from '../../src/vocabulary/item-filter.ts';
import type { Sort } from '../../src/vocabulary/search-request.ts';
import { signalsOf } from '../../src/vocabulary/signal.ts';
import type { CandidateSet, IndexQuery, ItemIndex } from './index/item-index.ts';
import { evidenceOf } from './ranking/evidence.ts';
import type { EvidenceSettings } from './ranking/evidence.ts';
import { mix } from './ranking/mixing.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';
import { mixWeights } from './ranking/weights.ts';
import type { Tilts } from './ranking/weights.ts';

interface Asked {
  readonly profile: Pick<RankingProfile, 'sortedCutoff'>;
  readonly filter?: ItemFilter;
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
  /** What rules leave to be shown where nothing is filtered. */
  readonly shown: () => ItemFilter | undefined;
}

/**
 * What hits are compared with where they are sorted, by a search in words that another order than their own is asked of: what the query
 * finds whatever the filter. Were the best of a filter the measure, no facet would count what choosing its value shows. Undefined where
 * nothing is cut off.
 */
export async function foundUnfiltered(
  query: IndexQuery,
  { profile, filter, sort, minScore, sortedCutoff }: Asked,
  { index, own, shown }: Finding,
): Promise<CandidateSet | undefined> {
  const isReordered = sort[0] !== undefined && sort[0].field !== 'RELEVANCE';
  const cuts = isReordered && query.words !== undefined && minScore === undefined && profile.sortedCutoff > 0;
  if (!cuts || sortedCutoff !== undefined) return undefined;
  const candidates = Math.min(query.candidates, ENOUGH);
  return filter ? index.candidates({ ...query, filter: shown(), candidates }) : (await own).found;
}

/** Of each kind of evidence: the best of all is among the best by one of them. */
const ENOUGH = 50;

interface Ranking extends Pick<EvidenceSettings, 'probes' | 'calibration'> {
  readonly profile: RankingProfile;
  readonly tilts: Tilts;
  /** Ids of what is no hit. */
  readonly excluded: ReadonlySet<string>;
}

/**
 * The linear score that sorted hits have at least, a share of the best of all: what resembles the words only a little would stand first
 * by its price alone. What the words name by its id is no measure of the others. A filter that nothing passes changes nothing.
 */
export function cutoffOf(all: CandidateSet | undefined, { profile, tilts, excluded, ...by }: Ranking): number {
  if (!all) return 0;
  const candidates = all.candidates.filter(({ id }) => !excluded.has(id));
  const evidence = evidenceOf(candidates, { ...by, idfSum: all.idfSum });
  const { linear } = mix(evidence, mixWeights(profile, tilts, signalsOf(evidence)), profile);
  const best = linear.reduce((most, score, at) => (candidates[at]?.named ? most : Math.max(most, score)), 0);
  return profile.sortedCutoff * best;
}

/** The cut-off where some hit reaches it, else the same share of the best hit: who narrows a search down and then sorts it loses not all. */
export function reached(
  cutoff: number,
  linear: Float64Array,
  { sortedCutoff }: Pick<RankingProfile, 'sortedCutoff'>,
): number {
  const best = linear.reduce((most, score) => Math.max(most, score), 0);
  return best >= cutoff ? cutoff : sortedCutoff * best;
}
