import { randomUUID } from 'node:crypto';
import { MedleyError } from '../../runtime/errors.ts';
import { hashOf, readCursor } from '../../vocabulary/cursor.ts';
import { SIGNALS } from '../../vocabulary/signal.ts';
import type { BySignal, Signal } from '../../vocabulary/signal.ts';
import type {
  FacetRequest,
  RankingProfileRef,
  SearchQuery,
  ShelfQuery,
  SimilarItemsQuery,
  Sort,
  ViewerRef,
  WeightedItem,
} from '../../vocabulary/search-request.ts';
import type {
  FacetInput,
  PageArguments,
  RecommendationsInput,
  SearchInput,
  SignalWeightsInput,
  SimilarItemsInput,
  SortInput,
} from './arguments.ts';
import { readFilter } from './read-filter.ts';
import { LEAST_WEIGHT, readParts } from './read-parts.ts';
import { readId, readText } from './read-text.ts';

/** The most hits of one page, shelves of one request, facets and orders of one search, items that one query may be like, and variants of a group. */
const MOST = { page: 100, shelves: 10, facets: 30, ranges: 100, items: 50, orders: 10, perGroup: 100 } as const;

/** The greatest weight of an item that one query is like: of larger ones vectors of 32-bit numbers cannot be added up. */
const MOST_WEIGHT = 1e6;

/** The most letters by which values of a facet are found. */
const LONGEST_MATCHING = 50;

/** The longest name of a language with its region and script, characters (BCP 47). */
const LONGEST_LOCALE = 35;

/** Checks the shape of a search and clamps its sizes. Throws INVALID_INPUT, QUERY_TOO_LONG, INVALID_WEIGHTS or a CURSOR_ error. */
export function readSearch(
  { input, ...page }: PageArguments & { readonly input: SearchInput },
  secret: string,
): SearchQuery {
  refuseTooMany(input.facets?.length ?? 0, MOST.facets, 'facets');
  refuseTooMany(input.sort?.length ?? 0, MOST.orders, 'orders');
  const asked = {
    kind: 'SEARCH' as const,
    viewer: viewerRef(input),
    parts: readParts(input),
    filter: readFilter(input.filter),
    facets: (input.facets ?? []).map(readFacet),
    sort: (input.sort ?? []).map(readSort),
    profile: readProfile(input.profile),
    weights: readWeights(input.weights),
    personalization: {
      enabled: input.personalization?.enabled ?? true,
      strength: share(input.personalization?.strength, 'personalization.strength'),
    },
    minScore: share(input.minScore, 'minScore'),
    perGroup: readPerGroup(input.perGroup),
  };
  // What shapes no window may differ from page to page.
  const locale = input.locale ? readText(input.locale, 'locale', LONGEST_LOCALE) : undefined;
  return { ...asked, locale, ...paged(asked, page, secret) };
}

export function readSimilar(
  { input, ...page }: PageArguments & { readonly input: SimilarItemsInput },
  secret: string,
): SimilarItemsQuery {
  const like = readItems(input.like, 'like');
  if (like.length === 0) throw new MedleyError('INVALID_INPUT', '"like" is empty; name at least one item.');
  const asked = {
    kind: 'SIMILAR' as const,
    similarity: input.kind ?? 'ALIKE',
    viewer: viewerRef(input),
    like,
    unlike: readItems(input.unlike ?? [], 'unlike'),
    filter: readFilter(input.filter),
    weights: readWeights(input.weights),
    diversity: share(input.diversity, 'diversity'),
    profile: readProfile(input.profile),
  };
  return { ...asked, ...paged(asked, { ...page, first: page.first ?? 12 }, secret) };
}

/** One request a shelf; they share the hash, which is new each time, so that retrieval stocks them together. */
export function readShelves({ input }: { readonly input: RecommendationsInput }): readonly ShelfQuery[] {
  const count = input.shelves.length;
  if (count === 0 || count > MOST.shelves)
    throw new MedleyError(
      'INVALID_INPUT',
      `The request has ${String(count)} shelves; expected 1 to ${String(MOST.shelves)}.`,
    );
  const siblings = input.shelves.map(({ kind, first }) => ({ kind, first: pageSize(first ?? 12) }));
  const hash = randomUUID();
  const filter = readFilter(input.filter);
  const context = (input.context ?? []).slice(0, MOST.items).map((id, i) => readId(id, `context[${String(i)}]`));
  return siblings.map(({ kind, first }, place) => ({
    kind: 'SHELF',
    queryId: randomUUID(),
    hash,
    viewer: viewerRef(input),
    filter,
    shelf: kind,
    first,
    siblings,
    place,
    context,
  }));
}

/** The cheapest, newest, most popular and most relevant stand first. */
const DIRECTIONS = { RELEVANCE: 'DESC', PRICE: 'ASC', NEWEST: 'DESC', POPULARITY: 'DESC' } as const;

function readSort({ field, direction }: SortInput): Sort {
  return { field, direction: direction ?? DIRECTIONS[field] };
}

function readFacet({ field, limit, ranges, matching, under }: FacetInput, place: number): FacetRequest {
  const name = `facets[${String(place)}]`;
  readText(field, `${name}.field`);
  ranges?.forEach(({ from, to }, i) => {
    if ((from ?? -Infinity) >= (to ?? Infinity))
      throw new MedleyError(
        'INVALID_INPUT',
        `${name}.ranges[${String(i)}] is empty: ${String(from)} is not below ${String(to)}.`,
      );
  });
  refuseTooMany(ranges?.length ?? 0, MOST.ranges, 'ranges of one facet');
  const values = {
    ...(matching && { matching: readText(matching.trim(), `${name}.matching`, LONGEST_MATCHING) }),
    ...(typeof under === 'string' && { under: readText(under, `${name}.under`) }),
  };
  if (Object.keys(values).length + (ranges ? 1 : 0) > 1)
    throw new MedleyError(
      'INVALID_INPUT',
      `${name} has several of "ranges", "matching" and "under"; expected at most one.`,
    );
  return { field, limit: clamp(limit ?? 10, 1, 200), ...(ranges && { ranges }), ...values };
}

function readProfile(profile: RankingProfileRef | null | undefined): RankingProfileRef | undefined {
  if (profile) readText(profile.key, 'profile.key');
  return profile ?? undefined;
}

function readPerGroup(limit: number | null | undefined): number | undefined {
  if (limit === null || limit === undefined) return undefined;
  if (limit >= 0 && limit <= MOST.perGroup) return limit;
  throw new MedleyError(
    'INVALID_INPUT',
    `"perGroup" is ${String(limit)}; expected 1 to ${String(MOST.perGroup)} variants of a group, or 0 for no limit.`,
  );
}

function refuseTooMany(came: number, most: number, what: string): void {
  if (came > most)
    throw new MedleyError(
      'INVALID_INPUT',
      `The request has ${String(came)} ${what}; at most ${String(most)} are allowed.`,
    );
}

function paged(asked: object, { first, after }: PageArguments, secret: string) {
  const hash = hashOf(asked);
  const page = { hash, first: pageSize(first ?? 20) };
  if (after === undefined || after === null) return { ...page, queryId: randomUUID() };
  const cursor = readCursor(after, secret);
  if (!cursor)
    throw new MedleyError(
      'CURSOR_MALFORMED',
      'The cursor in "after" was not made by this service. Send an "endCursor" unchanged.',
    );
  if (cursor.hash !== hash)
    throw new MedleyError(
      'CURSOR_MISMATCH',
      'The cursor in "after" belongs to a request with other arguments. Send the same arguments, or leave out "after".',
    );
  return { ...page, queryId: cursor.queryId, after: cursor.position };
}

function pageSize(asked: number): number {
  if (asked >= 1) return Math.min(asked, MOST.page);
  throw new MedleyError('INVALID_INPUT', `"first" is ${String(asked)}; expected 1 to ${String(MOST.page)}.`);
}

function readWeights(weights: SignalWeightsInput | null | undefined): BySignal<number> | undefined {
  if (!weights) return undefined;
  const { lexical, text, image, item } = weights;
  const given: Record<Signal, number> = { LEXICAL: lexical ?? 0, TEXT: text ?? 0, IMAGE: image ?? 0, ITEM: item ?? 0 };
  const wrong = SIGNALS.find((signal) => !Number.isFinite(given[signal]) || given[signal] < 0);
  if (wrong)
    throw new MedleyError(
      'INVALID_WEIGHTS',
      `The weight of ${wrong.toLowerCase()} is ${String(given[wrong])}; expected 0 or more.`,
    );
  if (SIGNALS.every((signal) => given[signal] === 0))
    throw new MedleyError('INVALID_WEIGHTS', 'All weights are 0; at least one signal has to count.');
  return given;
}

function readItems(items: readonly WeightedItem[], name: string): readonly WeightedItem[] {
  if (items.length > MOST.items)
    throw new MedleyError(
      'INVALID_INPUT',
      `"${name}" has ${String(items.length)} items; at most ${String(MOST.items)} are allowed.`,
    );
  items.forEach(({ id }, i) => readId(id, `${name}[${String(i)}].id`));
  const wrong = items.find(({ weight }) => !(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT));
  if (wrong)
    throw new MedleyError(
      'INVALID_WEIGHTS',
      `The weight of item ${wrong.id} in "${name}" is ${String(wrong.weight)}; expected a number from ${String(LEAST_WEIGHT)} to ${String(MOST_WEIGHT)}.`,
    );
  return items;
}

function viewerRef({
  userId,
  clientId,
}: {
  readonly userId?: string | null;
  readonly clientId?: string | null;
}): ViewerRef {
  for (const [name, id] of Object.entries({ userId, clientId })) if (id) readId(id, name);
  return { ...(userId && { userId }), ...(clientId && { clientId }) };
}

function share(value: number | null | undefined, name: string): number | undefined {
  if (value === null || value === undefined) return undefined;
  if (!(value >= 0 && value <= 1))
    throw new MedleyError('INVALID_INPUT', `"${name}" is ${String(value)}; expected a number from 0 to 1.`);
  return value;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
