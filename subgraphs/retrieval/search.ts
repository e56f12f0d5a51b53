import { ERROR_BOOK, MedleyError } from '../../src/runtime/errors.ts';
import { isErrorCode } from '../../src/runtime/graphql-errors.ts';
import { annotate, traced } from '../../src/runtime/tracing.ts';
import type { QueryEncoding } from '../../src/vocabulary/encoding.ts';
import { bothOf } from '../../src/vocabulary/item-filter.ts';
import type { SearchQuery, SimilarItemsQuery } from '../../src/vocabulary/search-request.ts';
import { NO_TILT } from '../../src/vocabulary/tilt.ts';
import type { Viewer } from '../../src/vocabulary/viewer.ts';
import { answeringIndex } from './answering-index.ts';
import { checkFields } from './check-fields.ts';
import { writtenWords } from './index/written-words.ts';
import { groupsOf, oneOfEach, withoutGroups } from './groups.ts';
import { keepWindow } from './keep-window.ts';
import type { Answer, Keeping, Ranked } from './keep-window.ts';
import { onOneGeneration } from './one-generation.ts';
import { pageItems } from './page-edges.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';
import type { Degradation } from './ranking/window.ts';
import type { PolicySource } from './ranking-policy.ts';
import { planSimilar } from './query-plan.ts';
import type { QueryPlan } from './query-plan.ts';
import { rankAsMeant } from './rank-as-meant.ts';
import type { RankPorts } from './rank-as-meant.ts';
import { rankWindow } from './rank-window.ts';
import type { RankSettings } from './rank-window.ts';
import { leftOut, shownAnywhere } from './rules/effect.ts';
import { windowFacets } from './window-facets.ts';
import type { WindowStore } from './window-store.ts';

export interface SearchPorts extends RankPorts, Pick<Keeping, 'onNotKept'> {
  readonly windows: WindowStore;
  readonly policy: PolicySource;
  readonly now?: () => number;
}

/** What the other subgraphs say of a search; `null` means unreachable. */
interface Said {
  readonly encoding: QueryEncoding | null;
  readonly viewer: Viewer | null;
}

/** The window of a search: read under its query id when a cursor was sent, else ranked and kept. */
export async function search(request: SearchQuery, said: Said, ports: SearchPorts): Promise<Answer> {
  if (request.after !== undefined) return keptWindow(request.queryId, ports.windows);
  return answer(request, () => rankSearch(request, said, ports), ports);
}

async function answer(
  { kind }: SearchQuery | SimilarItemsQuery,
  rank: () => Promise<Ranked>,
  { index, ...keeping }: SearchPorts,
): Promise<Answer> {
  const made = await traced('retrieval.rank', { 'medley.request.kind': kind }, async () => {
    const ranked = await onOneGeneration(index, rank);
    annotate(told(ranked));
    return ranked;
  });
  return keepWindow(made, keeping);
}

/** What a trace tells of a ranking: nothing of what was asked. */
function told({ generation, profile, ranked, degradations }: Ranked) {
  return {
    'medley.generation': generation,
    'medley.ranking.profile': profile.key,
    'medley.hits': ranked.hits.length,
    'medley.degradations': degradations.map(({ code }) => code),
  };
}

async function rankSearch(request: SearchQuery, said: Said, ports: SearchPorts): Promise<Ranked> {
  const { head } = ports.index.serving();
  // What is lost of the items that were asked with, or of those of the page, is told where they are read.
  const { index, partial } = answeringIndex(ports.index);
  const { profiles, synonyms, rules } = ports.policy();
  const profile = withPerGroup(profiles.select(request.profile, request.viewer), request);
  checkFields(request, head.fields);
  refuseUnusable(said.encoding);
  const { enabled, strength = profile.strength } = request.personalization;
  const tilts = {
    query: said.encoding?.tilt ?? NO_TILT,
    viewer: enabled ? (said.viewer?.tilt ?? NO_TILT) : NO_TILT,
    strength,
  };
  const settings: RankSettings = {
    profile,
    tilts,
    weights: request.weights,
    filter: request.filter,
    sort: request.sort,
    minScore: request.minScore,
    rules,
    synonyms,
    now: (ports.now ?? Date.now)(),
  };
  const asked = { request, encoding: said.encoding };
  const { plan, settings: by, ranked, meant } = await rankAsMeant(asked, settings, { ...ports, answering: index });
  const [items, facets] = await Promise.all([
    pageItems(ranked.hits.slice(0, request.first), ports.index, ranked.versions),
    ranked.facets ?? windowFacets(ranked, { plan, settings: by, request, index }),
  ]);
  const degradations = [...plan.degradations, ...lostViewer(said.viewer, enabled)];
  const made = { request, generation: head.id, ranked, partial: partial(), items };
  const unread = writtenSo(ranked.unread, meant ?? plan.words);
  return { ...made, profile, facets, degradations, didYouMean: meant, unread };
}

function withPerGroup(profile: RankingProfile, { perGroup = profile.perGroup }: SearchQuery): RankingProfile {
  return perGroup === profile.perGroup ? profile : { ...profile, perGroup };
}

/** The terms as the words have them. */
function writtenSo(terms: readonly string[], words = ''): readonly string[] {
  const written = terms.length > 0 ? writtenWords(words).filter(({ term }) => terms.includes(term)) : [];
  return [...new Set(written.map(({ from, to }) => words.slice(from, to)))];
}

/** The window of the items like the given ones (and unlike the others). Throws UNKNOWN_ITEM when none of the liked exist. */
export async function similar(
  request: SimilarItemsQuery,
  said: Pick<Said, 'viewer'>,
  ports: SearchPorts,
): Promise<Answer> {
  if (request.after !== undefined) return keptWindow(request.queryId, ports.windows);
  return answer(request, () => rankSimilar(request, said, ports), ports);
}

async function rankSimilar(
  request: SimilarItemsQuery,
  said: Pick<Said, 'viewer'>,
  ports: SearchPorts,
): Promise<Ranked> {
  const { head } = ports.index.serving();
  const { profiles, rules } = ports.policy();
  const profile = oneOfEach(profiles.select(request.profile));
  checkFields(request, head.fields);
  const { index, partial } = answeringIndex(ports.index);
  const [plan, groups] = await Promise.all([
    planSimilar(request, ports.index),
    groupsOf(
      ports.index,
      request.like.map(({ id }) => id),
    ),
  ]);
  refuseUnlike(plan, request);
  const tilts = { query: NO_TILT, viewer: said.viewer?.tilt ?? NO_TILT, strength: profile.strength };
  const { weights, filter, diversity } = request;
  const now = (ports.now ?? Date.now)();
  const allowed = shownAnywhere(rules, now, head.fields);
  const shown = withoutGroups(bothOf(filter, allowed.shown), groups);
  const settings: RankSettings = { profile, tilts, weights, filter: shown, diversity, sort: [], now };
  const ranked = { ...(await rankWindow(plan, index, settings)), rules: allowed.keys };
  const items = await pageItems(ranked.hits.slice(0, request.first), ports.index, ranked.versions);
  const degradations = [...plan.degradations, ...leftOut(allowed), ...lostViewer(said.viewer, true)];
  return { request, generation: head.id, ranked, partial: partial(), items, profile, facets: [], degradations };
}

/** Throws where nothing is left to be like: UNKNOWN_ITEM, or RETRIEVAL_UNAVAILABLE where it may be there. */
function refuseUnlike({ probes, degradations }: QueryPlan, { like }: SimilarItemsQuery): void {
  if (probes.some(({ weight }) => weight > 0)) return;
  const ids = like.map(({ id }) => id).join(', ');
  if (degradations.some(({ code }) => code === 'INDEX_PARTIAL'))
    throw new MedleyError(
      'RETRIEVAL_UNAVAILABLE',
      `Some of the catalogue did not answer, and ${ids} may be in it. Try again.`,
    );
  throw new MedleyError('UNKNOWN_ITEM', `No item has the id ${ids}; similar items need at least one that exists.`);
}

/** A picture that the asker can mend is no degradation: the answer would not be what was asked. */
function refuseUnusable(encoding: QueryEncoding | null): void {
  const { code, message } = encoding?.refusal ?? {};
  if (isErrorCode(code)) throw new MedleyError(code, message ?? ERROR_BOOK[code].meaning);
}

async function keptWindow(queryId: string, windows: WindowStore): Promise<Answer> {
  const window = await traced('retrieval.read-window', {}, () => windows.get(queryId));
  if (window) return { window };
  throw new MedleyError(
    'CURSOR_EXPIRED',
    'The result that this cursor belongs to is no longer kept. Send the search again without "after".',
  );
}

function lostViewer(viewer: Viewer | null, wanted: boolean): readonly Degradation[] {
  return viewer === null && wanted
    ? [
        {
          code: 'USER_PROFILE_UNREACHABLE',
          message: 'The viewer could not be recognised; the answer is the same for everyone.',
        },
      ]
    : [];
}
