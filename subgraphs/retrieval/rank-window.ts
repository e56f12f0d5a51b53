import type { FieldsOf } from '../../src/vocabulary/item.ts';
import { bothOf, filterFields } from '../../src/vocabulary/item-filter.ts';
import type { ItemFilter } from '../../src/vocabulary/item-filter.ts';
import type { Sort } from '../../src/vocabulary/search-request.ts';
import { signalsOf } from '../../src/vocabulary/signal.ts';
import type { BySignal, Signal } from '../../src/vocabulary/signal.ts';
import { bestPlaces } from './index/best-places.ts';
import { GROUP_FIELD, groupOf } from './index/group-tally.ts';
import type { Candidate, CandidateSet, Versions } from './index/item-index.ts';
import type { Synonyms } from './index/synonyms.ts';
import { boosted, boostFields } from './ranking/boosts.ts';
import { diversified, limitedByGroup } from './ranking/diversity.ts';
import { evidenceOf } from './ranking/evidence.ts';
import { relevanceOf } from './ranking/hit.ts';
import type { Hit } from './ranking/hit.ts';
import { mix } from './ranking/mixing.ts';
import type { Mixture } from './ranking/mixing.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';
import { sorted, sortFields } from './ranking/sorting.ts';
import { namedPlace } from './ranking/named-place.ts';
import { highestUnfound } from './ranking/unfound.ts';
import { mixWeights, unanswered, withRequestedPriors } from './ranking/weights.ts';
import type { SignalWeight, Tilts } from './ranking/weights.ts';
import type { Degradation } from './ranking/window.ts';
import { withPinned } from './pinned-candidates.ts';
import type { QueryPlan } from './query-plan.ts';
import { effectOf, leftOut, lifted, pinsApart } from './rules/effect.ts';
import type { Effect } from './rules/effect.ts';
import type { Rule } from './rules/rule.ts';
import type { ServingIndex } from './serving-index.ts';
import { cutoffOf, foundUnfiltered, reached } from './sorted-cutoff.ts';

export interface RankSettings {
  readonly profile: RankingProfile;
  readonly tilts: Tilts;
  readonly weights?: BySignal<number>;
  readonly filter?: ItemFilter;
  readonly sort: readonly Sort[];
  readonly minScore?: number;
  readonly diversity?: number;
  /** That of another window of the same search. */
  readonly sortedCutoff?: number;
  readonly exclude?: ReadonlySet<string>;
  readonly now: number;
  /** To be read of the window beside what ranking reads. */
  readonly fields?: readonly string[];
  /** What the shop wants some searches to show. */
  readonly rules?: readonly Rule[];
  /** What it says that words mean beside themselves. */
  readonly synonyms?: Synonyms;
}

export interface RankedWindow {
  readonly hits: readonly Hit[];
  /** Ids of other variants of these, which would have stood in the window were there no limit for a group (`perGroup`). */
  readonly besides: readonly string[];
  /** By id: what ranking read of the hits, and what it was told to. */
  readonly fields: ReadonlyMap<string, FieldsOf>;
  readonly weights: readonly SignalWeight[];
  /** Which terms stood in for those of the words that no item has, likeliest first. */
  readonly standIns: CandidateSet['standIns'];
  /** Those for which nothing did. */
  readonly unread: CandidateSet['unread'];
  /** More may pass than these: the window is full, or a kind of evidence brought no more candidates. */
  readonly cut?: boolean;
  /** Below what linear score hits were left out because they are sorted; 0 where none were. */
  readonly sortedCutoff?: number;
  /** The keys of the rules that held. */
  readonly rules: readonly string[];
  /** What ranking had to do without. */
  readonly lost: readonly Degradation[];
  /** Of what was found, where the index tells. */
  readonly versions?: Versions;
}

/**
 * Candidates from every signal, each scored by every signal; mixed, boosted, cut off, varied; at most the profile's window. What rules
 * pin, then what the words name by its id and nothing else, is neither cut off nor moved from the top.
 */
export async function rankWindow(plan: QueryPlan, index: ServingIndex, settings: RankSettings): Promise<RankedWindow> {
  const { head, fitting } = index.serving();
  const { words, meaning = words, literal, probes } = plan;
  const { synonyms } = settings;
  const { candidates: limit } = settings.profile;
  const effectWith = (filter: ItemFilter | undefined) =>
    effectOf(settings.rules ?? [], { ...settings, words: meaning, filter }, head.fields);
  const effect = effectWith(settings.filter);
  const query = { words, literal, synonyms, probes, filter: bothOf(settings.filter, effect.shown), candidates: limit };
  const own = withPinned(query, [...effect.pins.keys()], index);
  const [{ found, versions, ...all }, unfiltered] = await Promise.all([
    own,
    foundUnfiltered(query, settings, { index, own, shown: () => effectWith(undefined).shown }),
  ]);
  const profile = withRequestedPriors(settings.profile, plan.weights ?? settings.weights);
  const excluded = new Set([...plan.itself, ...(settings.exclude ?? [])]);
  const candidates = all.candidates.filter(({ id }) => !excluded.has(id));
  const by = { probes, calibration: fitting.calibration, idfSum: found.idfSum, limit };
  const evidence = evidenceOf(candidates, by);
  const weights = mixWeights(profile, settings.tilts, signalsOf(evidence));
  const leastOfProfile = words === undefined ? 0 : profile.minScore;
  const sortedCutoff =
    settings.sortedCutoff ?? cutoffOf(unfiltered, { ...by, profile, tilts: settings.tilts, excluded });
  const mixture = mix(evidence, weights, profile);
  const tail = reached(sortedCutoff, mixture.linear, profile);
  const least = Math.max(settings.minScore ?? leastOfProfile, tail);
  const named = namedPlace(candidates, evidence.LEXICAL);
  const passing = { least, limit: reach(profile), named, pins: effect.pins };
  const best = bestOf(candidates, mixture, passing);
  const { more, ...arrangement } = await arranged(best, { ...settings, effect, versions }, index);
  const unfound = highestUnfound(found.candidates, weights, by);
  const cut = more || (unfound > 0 && unfound >= least);
  const lost = [...nothingWeighed(profile, plan), ...leftOut(effect)];
  const { standIns, unread } = found;
  return { ...arrangement, weights, standIns, unread, cut, sortedCutoff, lost, versions, rules: effect.keys };
}

/** Hits in their order, of one group and of a kind no more than is wanted, and whether there are more than a window holds. */
async function arranged(
  best: readonly Hit[],
  settings: RankSettings & Pick<RankedWindow, 'versions'> & { readonly effect: Effect },
  index: ServingIndex,
): Promise<Pick<RankedWindow, 'hits' | 'besides' | 'fields'> & { readonly more: boolean }> {
  const { profile, sort, effect } = settings;
  const wanted = [...(settings.fields ?? []), ...effect.lifts.flatMap(({ filter }) => filterFields(filter))];
  const fields = await fieldsById(index, best, { ...settings, fields: wanted });
  const risen = best.map((hit) => lift(hit, fields.get(hit.id), settings)).sort(byScore);
  const { first, others } = pinsApart(risen, effect);
  const groupIn = (id: string): string | undefined => groupOf(fields.get(id));
  const ofGroups = limitedByGroup([...first, ...others], profile.perGroup, groupIn);
  const grouped = ofGroups.filter(({ pinnedBy }) => pinnedBy === undefined);
  const varied = await vary(grouped, index, settings);
  const hits = [...first, ...sorted(varied.slice(0, profile.window), sort, fields)].slice(0, profile.window);
  const besides = profile.perGroup > 0 ? variantsBesides(hits, best, groupIn) : [];
  return { hits, besides, fields, more: first.length + grouped.length > hits.length };
}

function variantsBesides(
  hits: readonly Hit[],
  best: readonly Hit[],
  groupIn: (id: string) => string | undefined,
): readonly string[] {
  const shown = new Set(hits.map(({ id }) => id));
  const groups = new Set(hits.map(({ id }) => groupIn(id)));
  const isVariant = (id: string): boolean => groupIn(id) !== undefined && groups.has(groupIn(id)) && !shown.has(id);
  return best.flatMap(({ id }) => (isVariant(id) ? [id] : []));
}

/** An empty answer would look as if nothing were there. */
function nothingWeighed(profile: RankingProfile, { words, probes }: QueryPlan): readonly Degradation[] {
  const compared: readonly Signal[] = probes.map(({ signal }) => signal);
  const signals = unanswered(profile, new Set(words === undefined ? compared : ['LEXICAL' as const, ...compared]));
  if (!signals) return [];
  const [signal] = signals;
  const message = `By the weights nothing but ${signals.join(', ')} counts, and this query has nothing to compare by that; give another signal a weight.`;
  return [{ code: 'ROUTE_MISSING', message, ...(signals.length === 1 && { signal }) }];
}

/** A little more than the window, so that boosts can lift what stands just below it; all where a group may fill much of it. */
function reach({ window, perGroup }: RankingProfile): number {
  return perGroup > 0 ? Infinity : Math.ceil(window * 1.2);
}

/** What is not cut off. */
interface Passing extends Pick<Effect, 'pins'> {
  readonly least: number;
  readonly limit: number;
  readonly named: Hit['named'];
}

/** What stands first by its id or by a rule, and the best of what is not cut off, in no order. */
function bestOf(
  candidates: readonly Candidate[],
  { scores, linear, signalsAt }: Mixture,
  { least, limit, named, pins }: Passing,
): readonly Hit[] {
  const hit = (place: number): Hit => ({
    id: candidates[place]?.id ?? '',
    score: scores[place] ?? 0,
    signals: signalsAt(place),
    boost: 0,
    ...(candidates[place]?.named && { named }),
  });
  const passing = scores.map((score, place) => {
    const { id = '', named: isNamed = false } = candidates[place] ?? {};
    if (pins.has(id) || (isNamed && named === 'FIRST')) return Infinity;
    return (linear[place] ?? 0) >= least && score > 0 ? score : -Infinity;
  });
  return bestPlaces(passing, limit).map(hit);
}

/** Nothing is read where ids say all. */
const UNREAD: FieldsOf = () => [];

function lift(
  hit: Hit,
  fields: FieldsOf | undefined,
  settings: RankSettings & { readonly effect: Pick<Effect, 'lifts'> },
): Hit {
  const favoured = boosted(hit.score, fields, settings);
  const score = lifted(favoured, { id: hit.id, fields: fields ?? UNREAD }, settings.effect.lifts);
  return { ...hit, score, boost: score - hit.score };
}

function byScore(a: Hit, b: Hit): number {
  return relevanceOf(b) - relevanceOf(a) || (a.id < b.id ? -1 : 1);
}

async function vary(
  hits: readonly Hit[],
  index: ServingIndex,
  { diversity, profile }: RankSettings,
): Promise<readonly Hit[]> {
  const wanted = diversity ?? profile.diversity;
  if (wanted === 0) return hits;
  const others = hits.filter(({ named }) => named !== 'FIRST');
  const top = others.slice(0, 100).map(({ id }) => id);
  const stored = await index.vectors(top, ['looks', 'text']);
  const vectors = new Map(top.map((id, i) => [id, [stored[i]?.looks, stored[i]?.text]] as const));
  const varied = diversified(others, wanted, (id) => vectors.get(id) ?? []);
  return [...hits.filter(({ named }) => named === 'FIRST'), ...varied];
}

/** What boosts, groups and sorts read of hits, and what else is wanted; nothing is asked for where that is nothing. */
export async function fieldsById(
  index: ServingIndex,
  hits: readonly { readonly id: string }[],
  {
    profile,
    sort,
    fields: wanted = [],
    versions,
  }: Pick<RankSettings, 'profile' | 'sort' | 'fields'> & Pick<RankedWindow, 'versions'>,
): Promise<ReadonlyMap<string, FieldsOf>> {
  const groups = profile.perGroup > 0 ? [GROUP_FIELD] : [];
  const names = [...new Set([...boostFields(profile), ...groups, ...sortFields(sort), ...wanted])];
  if (names.length === 0 || hits.length === 0) return new Map();
  const ids = hits.map(({ id }) => id);
  const found = await index.fields(ids, names, versions);
  return new Map(found.flatMap((fields, i) => (fields ? [[ids[i] ?? '', fields] as const] : [])));
}
