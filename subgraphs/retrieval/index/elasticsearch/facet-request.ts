import type { estypes } from '@elastic/elasticsearch';
import { isCaseless } from '../../../../src/vocabulary/alike-values.ts';
import type { ItemFilter, Range } from '../../../../src/vocabulary/item-filter.ts';
import { GROUP_FIELD } from '../group-tally.ts';
import type { FacetCounts, FacetQuery } from '../item-index.ts';
import { mostCommon } from '../most-common.ts';
import type { IndexedField } from './field-names.ts';
import { fieldOf, toQuery } from './filter-query.ts';
import { inEitherCase } from './regular-expression.ts';

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;
type Fields = ReadonlyMap<string, IndexedField>;

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

/** Facets under one and the same filter, by the place of their queries. */
interface SameFilter {
  readonly filter: ItemFilter | undefined;
  readonly members: readonly (readonly [place: number, query: FacetQuery])[];
}

function byFilter(queries: readonly FacetQuery[]): readonly SameFilter[] {
  const groups = Map.groupBy(queries.entries(), ([, { filter }]) => filter);
  return [...groups].map(([filter, members]) => ({ filter, members }));
}

/** What counts the fields, each under the filter of its query. Errors: UNKNOWN_FIELD. */
export function facetRequest(queries: readonly FacetQuery[], fields: Fields): Aggregations {
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

const groupName = (at: number): string => `filter_${at}`;
const countsName = (place: number): string => `facet_${place}`;
const leastName = (place: number): string => `least_${place}`;
const greatestName = (place: number): string => `greatest_${place}`;
const alsoName = (place: number, at: number): string => `also_${place}_${at}`;

/** Values are counted as the words that filters ask for. Elasticsearch refuses to count within no ranges. */
function countsOf(
  place: number,
  { field, limit, also = [], ranges, perGroup }: FacetQuery,
  { fields, groups }: { readonly fields: Fields; readonly groups: Aggregations },
): Aggregations {
  const { words } = fieldOf(field, fields);
  const aggs = perGroup ? groups : undefined;
  const size = limit + BEYOND;
  if (ranges?.length === 0) return {};
  if (ranges) return { [countsName(place)]: { filters: { filters: ranges.map(rangeOf(field, fields)) }, aggs } };
  return {
    [countsName(place)]: { terms: { field: words, size, shard_size: perGroup ? size : SHARD_VALUES }, aggs },
    ...Object.fromEntries(
      included(field, also).map((include, at) => {
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
function groupsOf(queries: readonly FacetQuery[], fields: Fields): Aggregations {
  const { words } = fieldOf(GROUP_FIELD, fields);
  const counts = queries.reduce((sum, query) => sum + mostCounts(query), 0);
  const apart = Math.floor(GROUPS_MEMORY / GROUP_BYTES / Math.max(1, counts));
  return {
    groups: { cardinality: { field: words, precision_threshold: Math.min(MOST_APART, apart) } },
    alone: { missing: { field: words } },
  };
}

/** Of how many values or ranges groups are counted at most. */
function mostCounts({ limit, also = [], ranges, perGroup }: FacetQuery): number {
  if (!perGroup) return 0;
  return ranges?.length ?? limit + BEYOND + MOST_SPELLINGS * also.length;
}

/** What finds values, words in letters of either case. */
function included(field: string, also: readonly string[]): readonly (string | string[])[] {
  if (also.length === 0) return [];
  return isCaseless(field) ? inEitherCase(also) : [[...also]];
}

function rangeOf(field: string, fields: Fields): (range: Range) => estypes.QueryDslQueryContainer {
  return (range) => toQuery({ field, range }, fields);
}

type Answered = Pick<estypes.SearchResponse, 'aggregations'>;

/** The counts in the order of the queries. */
export function facetCounts(queries: readonly FacetQuery[], { aggregations = {} }: Answered): readonly FacetCounts[] {
  const counted = new Map<number, FacetCounts>();
  byFilter(queries).forEach(({ members }, at) => {
    const its = (aggregations[groupName(at)] ?? {}) as Counted;
    for (const [place, query] of members)
      counted.set(place, { ...countsIn(its, place, query), ...boundsIn(its, place) });
  });
  return queries.map((_, place) => counted.get(place) ?? { values: new Map(), ranges: [] });
}

/** Aggregations within another, by name. */
type Counted = Readonly<
  Record<string, { readonly buckets?: readonly Bucket[]; readonly value?: number | null } | undefined>
>;

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  readonly groups?: { readonly value: number };
  readonly alone?: { readonly doc_count: number };
}

/** How many count; where several of one group do, no more than may be. */
function countOf(bucket: Bucket | undefined, perGroup = 0): number {
  const { doc_count: items = 0, groups, alone } = bucket ?? {};
  return groups && alone ? Math.min(items, alone.doc_count + perGroup * groups.value) : items;
}

/** Null where no item has the field. */
function boundsIn(counted: Counted, place: number): Pick<FacetCounts, 'bounds'> {
  const [least, greatest] = [counted[leastName(place)]?.value ?? null, counted[greatestName(place)]?.value ?? null];
  return least === null || greatest === null ? {} : { bounds: { least, greatest } };
}

function countsIn(counted: Counted, place: number, query: FacetQuery): FacetCounts {
  const counts = counted[countsName(place)]?.buckets ?? [];
  if (query.ranges)
    return { values: new Map(), ranges: query.ranges.map((_, range) => countOf(counts[range], query.perGroup)) };
  const also = included(query.field, query.also ?? []).flatMap((_, at) => counted[alsoName(place, at)]?.buckets ?? []);
  const byValue = new Map([...counts, ...also].map((bucket) => [bucket.key, countOf(bucket, query.perGroup)]));
  return { values: mostCommon(byValue, query), ranges: [] };
}
