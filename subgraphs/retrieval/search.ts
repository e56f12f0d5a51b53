import { ERROR_BOOK, MedleyError } from '../../src/runtime/errors.ts';
import { isErrorCode } from '../../src/runtime/graphql-errors.ts';
import { annotate, traced } from '../../src/runtime/tracing.ts';
import type { QueryEncoding } from '../../src/vocabulary/encoding.ts';
import type { SearchQuery, SimilarItemsQuery } from '../../src/vocabulary/search-request.ts';
import { NO_TILT } from '../../src/vocabulary/tilt.ts';
import type { Viewer } from '../../src/vocabulary/viewer.ts';
import { answeringIndex } from './answering-index.ts';
import { browseWindow, emptyWindow } from './browse.ts';
import type { BrowsedWindow } from './browse.ts';
import { checkFields } from './check-fields.ts';
import { didYouMean } from './did-you-mean.ts';
import { encodeAsMeant } from './encode-as-meant.ts';
import type { Misspelt, Serves } from './encode-as-meant.ts';
import { keepWindow } from './keep-window.ts';
import type { Answer, Keeping, Ranked } from './keep-window.ts';
import { onOneGeneration } from './one-generation.ts';
import { pageItems } from './page-edges.ts';
import type { Degradation } from './ranking/window.ts';
import type { RankingProfiles } from './ranking-profiles.ts';
import { planSearch, planSimilar } from './query-plan.ts';
import type { QueryPlan } from './query-plan.ts';
import { rankWindow } from './rank-window.ts';
import type { RankedWindow, RankSettings } from './rank-window.ts';
import type { ServingIndex } from './serving-index.ts';
import { windowFacets } from './window-facets.ts';
import type { WindowStore } from './window-store.ts';

export interface SearchPorts extends Pick<Keeping, 'onNotKept'> {
  readonly index: ServingIndex;
  readonly windows: WindowStore;
  readonly profiles: RankingProfiles;
  /** What words as they were meant are encoded with; absent, they are compared as they were sent. */
  readonly encoders?: Serves['encoders'];
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
  const profile = ports.profiles.select(request.profile);
  checkFields(request, head.fields);
  refuseUnusable(said.encoding);
  const asSent = await planSearch(request, said.encoding, ports.index);
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
    now: (ports.now ?? Date.now)(),
  };
  const {
    plan,
    settings: by,
    ranked,
    meant,
  } = await rankOrBrowse(asSent, { request, encoding: said.encoding, settings }, { ...ports, index });
  const [items, facets] = await Promise.all([
    pageItems(ranked.hits.slice(0, request.first), ports.index, ranked.versions),
    ranked.facets ?? windowFacets(ranked, { plan, settings: by, request, index }),
  ]);
  const degradations = [...plan.degradations, ...lostViewer(said.viewer, enabled)];
  const made = { request, generation: head.id, ranked, partial: partial(), items };
  return { ...made, profile, facets, degradations, didYouMean: meant };
}

interface RankedAsMeant {
  /** What was compared in the end, and how. */
  readonly plan: QueryPlan;
  readonly settings: RankSettings;
  readonly ranked: RankedWindow & Partial<BrowsedWindow>;
  readonly meant?: string;
}

type Asked = Pick<Misspelt, 'request' | 'encoding'> & { readonly settings: RankSettings };

/** Where nothing was asked all items are hits; where all that was asked had to be left out, none is. */
async function rankOrBrowse(plan: QueryPlan, asked: Asked, ports: SearchPorts): Promise<RankedAsMeant> {
  if (plan.words !== undefined || plan.probes.length > 0) return rankAsMeant(plan, asked, ports);
  const { request, settings } = asked;
  if (request.parts.length > 0) return { plan, settings, ranked: emptyWindow(request) };
  return { plan, settings, ranked: await browseWindow(ports.index, settings, request.facets) };
}

/** Ranks, and where words were misspelt, ranks again as they were meant. */
async function rankAsMeant(
  plan: QueryPlan,
  { settings: given, ...misspelt }: Asked,
  { index, encoders }: Pick<SearchPorts, 'index' | 'encoders'>,
): Promise<RankedAsMeant> {
  const settings = { ...given, fields: misspelt.request.facets.map(({ field }) => field) };
  const ranked = await rankWindow(plan, index, settings);
  const { standIns } = ranked;
  const meant = await didYouMean(plan.words ?? '', standIns, index);
  const asSent = { plan, settings, ranked, meant };
  if (meant === undefined || !encoders) return asSent;
  const again = await encodeAsMeant({ ...misspelt, standIns, meant }, { head: index.serving().head, encoders });
  if (!again) return asSent;
  if ('literal' in again)
    return rankAsMeant(
      { ...plan, literal: [...(plan.literal ?? []), ...again.literal] },
      { ...misspelt, settings: given },
      { index, encoders },
    );
  if ('lost' in again) return { ...asSent, plan: { ...plan, degradations: [...plan.degradations, again.lost] } };
  const mended = { ...(await planSearch(again.request, again.encoding, index)), literal: plan.literal };
  const by = { ...settings, tilts: { ...settings.tilts, query: again.encoding.tilt } };
  return { plan: mended, settings: by, ranked: await rankWindow(mended, index, by), meant };
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
  const profile = ports.profiles.select(request.profile);
  checkFields(request, head.fields);
  const { index, partial } = answeringIndex(ports.index);
  const plan = await planSimilar(request, ports.index);
  refuseUnlike(plan, request);
  const tilts = { query: NO_TILT, viewer: said.viewer?.tilt ?? NO_TILT, strength: profile.strength };
  const { weights, filter, diversity } = request;
  const ranked = await rankWindow(plan, index, {
    profile,
    tilts,
    weights,
    filter,
    diversity,
    sort: [],
    now: (ports.now ?? Date.now)(),
  });
  const items = await pageItems(ranked.hits.slice(0, request.first), ports.index, ranked.versions);
  const degradations = [...plan.degradations, ...lostViewer(said.viewer, true)];
  return { request, generation: head.id, ranked, partial: partial(), items, profile, facets: [], degradations };
}

/** Throws where nothing is left to be like: UNKNOWN_ITEM, or RETRIEVAL_UNAVAILABLE where it may be there. */
function refuseUnlike({ probes, degradations }: QueryPlan, { like }: SimilarItemsQuery): void {
  if (probes.some(({ weight }) => weight > 0)) return;
  const ids = like.map(({ id }) => id).join(', ');
  if (degradations.some(({ code }) => code === 'INDEX_PARTIAL'))
    throw new MedleyError(
      'RETRIEVAL_UNAVAILABLE',
      `Some of the catalogue does not answer, and ${ids} may be in it; try again.`,
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
    'The result that this cursor points into is no longer kept. Send the search again without "after".',
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
