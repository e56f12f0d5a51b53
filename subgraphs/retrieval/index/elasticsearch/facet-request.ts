import type { estypes } from '@elastic/elasticsearch';
import { isCaseless } from '../../../../src/vocabulary/alike-values.ts';
import { isAmong } from '../../../../src/vocabulary/asked-values.ts';
import type { ItemFilter } from '../../../../src/vocabulary/item-filter.ts';
import { GROUP_FIELD } from '../group-tally.ts';
import type { FacetQuery } from '../item-index.ts';
import type { IndexedField } from './field-names.ts';
import { fieldOf, toQuery } from './filter-query.ts';
import { askedFor, inEitherCase } from './regular-expression.ts';

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;
export type Fields = ReadonlyMap<string, IndexedField>;

/** So many values more than are wanted: Elasticsearch puts equally common ones in the order of UTF-8, and cuts them off there. */
const BEYOND = 100;
/** So many values of each shard: counts of several shards add up exactly where a field has no more. */
const SHARD_VALUES = 10_000;
/**
 * So many bytes of each shard count groups, for all facets of a request together. A count of groups takes some 8 bytes for each that it
 * tells from all others but for chance: 40,000 for each of 10,000 values would be more memory than a cluster has.
 */
const GROUPS_MEMORY = 32_000_000;
const GROUP_BYTES = 8;
/** Elasticsearch tells no more apart. */
const MOST_APART = 40_000;
/** In so many ways a word is written in letters of either case. */
const MOST_SPELLINGS = 4;

/** A facet, or some values of it alone. */
export interface CountedQuery extends FacetQuery {
  /** Counted as filters mean them, instead of the most common ones. */
  readonly values?: readonly string[];
}

/** Facets under one and the same filter, by the place of their queries. */
interface SameFilter {
  readonly filter: ItemFilter | undefined;
  readonly members: readonly (readonly [place: number, query: CountedQuery])[];
}

export function byFilter(queries: readonly CountedQuery[]): readonly SameFilter[] {
  const groups = Map.groupBy(queries.entries(), ([, { filter }]) => filter);
  return [...groups].map(([filter, members]) => ({ filter, members }));
}

/** What counts the fields, each under the filter of its query. Errors: UNKNOWN_FIELD. */
export function facetRequest(queries: readonly CountedQuery[], fields: Fields): Aggregations {
  const groups = groupsOf(queries, fields);
  const counting = byFilter(queries).map(({ filter, members }, at): readonly [string, Aggregations[string]] => {
    const told = members.map(([place, query]) => ({
      ...countsOf(place, query, { fields, groups }),
      ...boundsOf(place, query, fields),
    }));
    const aggs = Object.assign({}, ...told) as Aggregations;
    return [groupName(at), { filter: toQuery(filter, fields), aggs }];
  });
  return Object.fromEntries(counting);
}

export const groupName = (at: number): string => `filter_${at}`;
export const countsName = (place: number): string => `facet_${place}`;
export const leastName = (place: number): string => `least_${place}`;
export const greatestName = (place: number): string => `greatest_${place}`;
export const alsoName = (place: number, at: number): string => `also_${place}_${at}`;

/** Elasticsearch refuses to count by no conditions. */
function countsOf(
  place: number,
  query: CountedQuery,
  { fields, groups }: { readonly fields: Fields; readonly groups: Aggregations },
): Aggregations {
  const { field, limit, also = [], perGroup } = query;
  const { words } = fieldOf(field, fields);
  const aggs = perGroup ? groups : undefined;
  const size = limit + BEYOND;
  const filters = conditionsOf(query)?.map((condition) => toQuery(condition, fields));
  if (filters?.length === 0) return {};
  if (filters) return { [countsName(place)]: { filters: { filters }, aggs } };
  return {
    [countsName(place)]: {
      terms: { field: words, include: askedFor(query), size, shard_size: perGroup ? size : SHARD_VALUES },
      aggs,
    },
    ...Object.fromEntries(
      included(query).map((include, at) => {
        const most = MOST_SPELLINGS * also.length;
        return [alsoName(place, at), { terms: { field: words, include, size: most, shard_size: most }, aggs }];
      }),
    ),
  };
}

function boundsOf(place: number, { field }: FacetQuery, fields: Fields): Aggregations {
  const { number } = fieldOf(field, fields);
  if (number === undefined) return {};
  return { [leastName(place)]: { min: { field: number } }, [greatestName(place)]: { max: { field: number } } };
}

/** How many groups the items are of, as exactly as there is memory for, and how many are of none. */
function groupsOf(queries: readonly CountedQuery[], fields: Fields): Aggregations {
  const { words } = fieldOf(GROUP_FIELD, fields);
  const counts = queries.reduce((sum, query) => sum + mostCounts(query), 0);
  const apart = Math.floor(GROUPS_MEMORY / GROUP_BYTES / Math.max(1, counts));
  return {
    groups: { cardinality: { field: words, precision_threshold: Math.min(MOST_APART, apart) } },
    alone: { missing: { field: words } },
  };
}

/** Of how many values or ranges groups are counted at most. */
function mostCounts(query: CountedQuery): number {
  const { limit, also = [], perGroup } = query;
  if (!perGroup) return 0;
  return conditionsOf(query)?.length ?? limit + BEYOND + MOST_SPELLINGS * also.length;
}

/** What finds values, words in letters of either case. */
export function included({ field, also = [], ...asked }: FacetQuery): readonly (string | string[])[] {
  const wanted = also.filter(isAmong(field, asked));
  if (wanted.length === 0) return [];
  return isCaseless(field) ? inEitherCase(wanted) : [wanted];
}

/** What items that count meet, one by one; undefined where any values are counted. */
export function conditionsOf({ field, ranges, values }: CountedQuery): readonly ItemFilter[] | undefined {
  return ranges?.map((range) => ({ field, range })) ?? values?.map((value) => ({ field, in: [value] }));
}
