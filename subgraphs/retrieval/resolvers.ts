import { GraphQLScalarType } from 'graphql';
import type { SearchQuery, SearchRequest, ShelfQuery, SimilarItemsQuery } from '../../src/vocabulary/search-request.ts';
import { SIGNALS } from '../../src/vocabulary/signal.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { traced } from '../../src/runtime/tracing.ts';
import type { LiveWrites } from './catalogue/live-writes.ts';
import { highlighter } from './highlights/highlighter.ts';
import type { Highlighter } from './highlights/highlighter.ts';
import { onOneGeneration } from './one-generation.ts';
import { published } from './published.ts';
import { summarise } from './ranking/explanation.ts';
import { pageEdges } from './page-edges.ts';
import type { Edge, PageEdges } from './page-edges.ts';
import type { Facet } from './ranking/facets.ts';
import { meantWords, pageOf } from './ranking/window.ts';
import type { Degradation, Ranking, Window, WindowPage } from './ranking/window.ts';
import type { Answer } from './keep-window.ts';
import { encodingOf, viewerOf } from './representation.ts';
import type { Representation } from './representation.ts';
import { search, similar } from './search.ts';
import type { SearchPorts } from './search.ts';
import { stockShelves } from './shelves.ts';
import type { Shelf, ShelfPorts } from './shelves.ts';
import { suggest } from './suggesting/suggest.ts';
import { variantsOf } from './variants.ts';

/** Everything that retrieval stands on. `secret` signs cursors; `writes` is absent where the catalogue is read only. */
export interface RetrievalPorts extends SearchPorts, ShelfPorts {
  readonly secret: string;
  readonly writes?: LiveWrites;
}

/** A window being answered: ranked once for all the fields of one representation. */
interface Answering {
  readonly window: Promise<Answer['window']>;
  readonly page: Promise<WindowPage & PageEdges>;
}

export function retrievalResolvers(ports: RetrievalPorts) {
  const searches = answering(ports, (it: Representation<SearchQuery>) =>
    search(it.request, { encoding: encodingOf(it), viewer: viewerOf(it) }, ports),
  );
  const similars = answering(ports, (it: Representation<SimilarItemsQuery>) =>
    similar(it.request, { viewer: viewerOf(it) }, ports),
  );
  const variants = variantsOf(ports);
  return {
    Query: {
      catalogue: () => published(ports.index.head()),
      item: async (_: unknown, { id }: { id: string }) => (await ports.index.items([id]))[0] ?? null,
      items: async (_: unknown, { ids }: { ids: readonly string[] }) => ports.index.items(fewEnough(ids)),
      variants: async (_: unknown, { id, first }: { id: string; first: number }, context: object) =>
        variants(context, (await ports.index.items([id]))[0], first),
      suggest: async (_: unknown, { prefix, limit }: { prefix: string; limit: number | null }) => {
        const sources = { index: ports.index, popular: ports.policy().popular };
        return suggest(sources, prefix.slice(0, 100), Math.min(Math.max(limit ?? 8, 1), 20));
      },
    },
    Mutation: {
      upsertItems: (_: unknown, { items }: { items: readonly unknown[] }) => writable(ports).upsert(items),
      deleteItems: (_: unknown, { ids }: { ids: readonly string[] }) => writable(ports).remove(ids),
    },
    SearchConnection: {
      ...pageFields(searches),
      facets: async (it: Representation<SearchQuery>) => (await searches(it).window).facets,
      didYouMean: async (it: Representation<SearchQuery>) => (await searches(it).window).didYouMean ?? null,
    },
    SimilarItemsConnection: pageFields(similars),
    RecommendationShelf: shelfFields(rack(ports)),
    ItemPage: {
      __resolveType: (it: { readonly request: SearchRequest }) =>
        it.request.kind === 'SEARCH' ? 'SearchConnection' : 'SimilarItemsConnection',
    },
    Ranking: { rules: ({ rules = [] }: Ranking) => rules },
    Facet: {
      min: ({ bounds }: Facet) => bounds?.least ?? null,
      max: ({ bounds }: Facet) => bounds?.greatest ?? null,
    },
    ItemEdge: {
      itemId: ({ id }: Edge) => id,
      explanation: explain,
      highlights: highlight,
      variants: ({ node }: Edge, { first }: { first: number }, context: object) => variants(context, node, first),
    },
    Item: { __resolveReference: async ({ id }: { id: string }) => (await ports.index.items([id]))[0] ?? null },
    JSON: anything('JSON'),
    Vector: anything('Vector'),
    Tilt: anything('Tilt'),
    Taste: anything('Taste'),
    SearchRequest: anything('SearchRequest'),
  };
}

/** Ranks a representation when the first of its fields is asked for, and answers the others from that. */
function answering<Request extends SearchQuery | SimilarItemsQuery>(
  ports: RetrievalPorts,
  rank: (it: Representation<Request>) => Promise<Answer>,
) {
  const begun = new WeakMap<object, Answering>();
  return (it: Representation<Request>): Answering => {
    const known = begun.get(it);
    if (known) return known;
    const answered = rank(it);
    const page = answered.then(async ({ window, items }) => {
      const read = pageOf(window, it.request);
      return {
        ...read,
        ...(await pageEdges(read.hits, it.request, { ...ports, items, highlighter: highlighterOf(window, ports) })),
      };
    });
    page.catch(() => undefined);
    const window = answered.then((answer) => answer.window);
    window.catch(() => undefined);
    const made = { window, page };
    begun.set(it, made);
    return made;
  };
}

function pageFields<Request extends SearchQuery | SimilarItemsQuery>(
  answer: (it: Representation<Request>) => Answering,
) {
  return {
    edges: async (it: Representation<Request>) => (await answer(it).page).edges,
    nodes: async (it: Representation<Request>) => (await answer(it).page).edges.map(({ node }) => node),
    pageInfo: async (it: Representation<Request>) => {
      const { edges, hasNextPage, hasPreviousPage } = await answer(it).page;
      return { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor, endCursor: edges.at(-1)?.cursor };
    },
    totalCount: async (it: Representation<Request>) => (await answer(it).window).total,
    ranking: async (it: Representation<Request>) => (await answer(it).window).ranking,
    degradations: async (it: Representation<Request>) => {
      const { window, page } = answer(it);
      return [...(await window).degradations, ...(await lostOf(page))];
    },
  };
}

/** What a page had to do without; of one that failed, its own fields tell. */
async function lostOf(page: Promise<PageEdges>): Promise<readonly Degradation[]> {
  return (await page.catch(() => undefined))?.degradations ?? [];
}

/** A shelf with its items. */
interface FilledShelf {
  readonly shelf: Promise<Shelf>;
  readonly page: Promise<PageEdges>;
}

/** The shelves of one request arrive as so many representations; they are stocked once, together, so that no item stands twice. */
function rack(ports: RetrievalPorts) {
  const filled = new WeakMap<object, FilledShelf>();
  const recent = new Map<string, { readonly shelves: Promise<readonly Shelf[]>; readonly at: number }>();
  const stock = (it: Representation<ShelfQuery>) => {
    const now = Date.now();
    for (const [hash, { at }] of recent) if (now - at > 5_000) recent.delete(hash);
    const known = recent.get(it.request.hash);
    if (known) return known.shelves;
    const kinds = it.request.siblings.map(({ kind }) => kind);
    const shelves = traced('retrieval.stock-shelves', { 'medley.shelves': kinds }, () =>
      onOneGeneration(ports.index, () => stockShelves(it.request, viewerOf(it), ports)),
    );
    recent.set(it.request.hash, { shelves, at: now });
    return shelves;
  };
  const placed = async (it: Representation<ShelfQuery>): Promise<Shelf> => {
    const shelf = (await stock(it))[it.request.place];
    if (!shelf) throw new MedleyError('INTERNAL', 'A shelf was asked for that is not among its siblings.');
    return shelf;
  };
  return (it: Representation<ShelfQuery>): FilledShelf => {
    const known = filled.get(it);
    if (known) return known;
    const shelf = placed(it);
    const page = shelf.then(({ hits }) =>
      pageEdges(
        hits.map((hit, i) => ({ ...hit, position: i + 1 })),
        it.request,
        ports,
      ),
    );
    page.catch(() => undefined);
    const made = { shelf, page };
    filled.set(it, made);
    return made;
  };
}

function shelfFields(shelfOf: (it: Representation<ShelfQuery>) => FilledShelf) {
  return {
    items: async (it: Representation<ShelfQuery>) => (await shelfOf(it).page).edges,
    reason: async (it: Representation<ShelfQuery>) => (await shelfOf(it).shelf).reason,
    fallback: async (it: Representation<ShelfQuery>) => (await shelfOf(it).shelf).fallback ?? null,
    degradations: async (it: Representation<ShelfQuery>) => {
      const { shelf, page } = shelfOf(it);
      return [...(await shelf).degradations, ...(await lostOf(page))];
    },
  };
}

function explain(edge: Edge) {
  const signals = SIGNALS.flatMap((signal) => {
    const score = edge.signals[signal];
    return score ? [{ signal, ...score, normalized: score.normalised }] : [];
  });
  return { signals, boost: edge.boost, pinnedBy: edge.pinnedBy, summary: summarise(edge) };
}

const MOST_ITEMS = 500;

function fewEnough(ids: readonly string[]): readonly string[] {
  if (ids.length <= MOST_ITEMS) return ids;
  throw new MedleyError(
    'INVALID_INPUT',
    `The operation has ${ids.length} ids; at most ${MOST_ITEMS} are allowed. Send several operations.`,
  );
}

/** By the words as they were meant, and what the shop says now that they mean. */
function highlighterOf(window: Window, { policy }: RetrievalPorts): Highlighter {
  return highlighter(meantWords(window), policy().synonyms);
}

/** A text is cut to no less, and to no more. */
const EXCERPT = { least: 20, most: 1000 };

function highlight({ node, highlighter: show }: Edge, { length }: { length: number }) {
  return node ? show(node, Math.min(Math.max(length, EXCERPT.least), EXCERPT.most)) : [];
}

function writable({ writes }: RetrievalPorts) {
  if (writes) return writes;
  throw new MedleyError('READ_ONLY', 'This catalogue takes no live writes. To change it, index it again.');
}

function anything(name: string): GraphQLScalarType {
  return new GraphQLScalarType({ name });
}
