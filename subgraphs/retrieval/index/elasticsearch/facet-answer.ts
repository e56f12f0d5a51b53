import type { estypes } from '@elastic/elasticsearch';
import { alike } from '../../../../src/vocabulary/alike-values.ts';
import type { FacetCounts } from '../item-index.ts';
import { mostCommon } from '../most-common.ts';
import { Spellings } from '../spellings.ts';
import {
  alsoName,
  byFilter,
  conditionsOf,
  countsName,
  greatestName,
  groupName,
  included,
  leastName,
} from './facet-request.ts';
import type { CountedQuery, Fields } from './facet-request.ts';
import { fieldOf } from './filter-query.ts';

/** What was counted of a facet: more values than it wants. */
export interface TakenCounts extends FacetCounts {
  /** Values of which these may not be the counts: they are to be counted by themselves. */
  readonly unsure: readonly string[];
}

/** Aggregations within another, by name. */
type Counted = Readonly<Record<string, Aggregated | undefined>>;

interface Aggregated {
  readonly buckets?: readonly Bucket[];
  /** Of the values that are in no bucket. */
  readonly sum_other_doc_count?: number;
  readonly value?: number | null;
}

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  readonly groups?: { readonly value: number };
  readonly alone?: { readonly doc_count: number };
}

const NOTHING: TakenCounts = { values: new Map(), ranges: [], unsure: [] };

/** What an answer to `facetRequest` tells, in the order of the queries. */
export function takenCounts(
  queries: readonly CountedQuery[],
  { aggregations = {} }: Pick<estypes.SearchResponse, 'aggregations'>,
  fields: Fields,
): readonly TakenCounts[] {
  const counted = new Map<number, TakenCounts>();
  byFilter(queries).forEach(({ members }, at) => {
    const its = (aggregations[groupName(at)] ?? {}) as Counted;
    for (const [place, query] of members) {
      const byCondition = conditionsOf(query) !== undefined;
      const counts = byCondition ? byConditions(its[countsName(place)], query) : byValue(its, place, { query, fields });
      counted.set(place, { ...NOTHING, ...counts, ...boundsIn(its, place) });
    }
  });
  return queries.map((_, place) => counted.get(place) ?? NOTHING);
}

function byConditions(
  { buckets = [] }: Aggregated = {},
  { ranges, values = [], perGroup }: CountedQuery,
): Partial<TakenCounts> {
  const count = (_: unknown, at: number): number => countOf(buckets[at], perGroup);
  return ranges
    ? { ranges: ranges.map(count) }
    : { values: new Map(values.map((value, at) => [value, count(value, at)])) };
}

/**
 * Words in letters of either case are one value where filters find them so. An item may have it in two ways, and of those that few
 * items write some may be cut off: then their sum is not what choosing the value shows.
 */
function byValue(
  counted: Counted,
  place: number,
  { query, fields }: { readonly query: CountedQuery; readonly fields: Fields },
): Partial<TakenCounts> {
  const counts = counted[countsName(place)];
  const also = included(query).flatMap((_, at) => counted[alsoName(place, at)]?.buckets ?? []);
  const buckets = new Map([...(counts?.buckets ?? []), ...also].map((bucket) => [bucket.key, bucket]));
  if (fieldOf(query.field, fields).caseless === undefined)
    return { values: new Map([...buckets].map(([key, bucket]) => [key, countOf(bucket, query.perGroup)])) };
  const { values, mixed } = spelled(query, buckets);
  const isCutOff = (counts?.sum_other_doc_count ?? 0) > 0;
  const shown = isCutOff ? mostCommon(values, query).keys() : [];
  return { values, unsure: [...new Set([...mixed, ...shown])] };
}

/** The values as most items write them, and those of them that are written in several ways. */
function spelled(
  { field, perGroup }: CountedQuery,
  buckets: ReadonlyMap<string, Bucket>,
): { readonly values: ReadonlyMap<string, number>; readonly mixed: readonly string[] } {
  const spellings = new Spellings(field);
  for (const [key, bucket] of buckets) spellings.take([key], bucket.doc_count);
  const values = new Map<string, number>();
  const mixed: string[] = [];
  for (const [key, bucket] of buckets) {
    const value = spellings.commonest(alike(field, key));
    const before = values.get(value);
    if (before !== undefined) mixed.push(value);
    values.set(value, (before ?? 0) + countOf(bucket, perGroup));
  }
  return { values, mixed };
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
