import type { estypes } from '@elastic/elasticsearch';
import { GROUP_FIELD } from '../group-tally.ts';
import type { BrowsedItems, BrowsePage } from '../item-index.ts';
import { isPartial } from './cluster-errors.ts';
import { columnHits, idOf, versionsOf } from './column-hits.ts';
import type { Cluster } from './cluster.ts';
import { fieldOf, toQuery } from './filter-query.ts';
import type { Generation } from './generations.ts';

export interface GroupedPage extends Pick<BrowsePage, 'filter' | 'limit'> {
  /** By the first, then by those after it. */
  readonly sort: readonly Readonly<Record<string, Order>>[];
  /** What is read of each hit beside its id. */
  readonly columns: readonly string[];
}

export interface Order {
  readonly order: 'asc' | 'desc';
  /** Of numbers alone: words that are missing stand last anyhow. */
  readonly missing?: '_last';
}

/** So many groups are counted one by one; what others have is not in the total. */
const COUNTED_GROUPS = 10_000;

const NAME = 'groups';

/** How missing numbers come; as words they are what they say. */
const NO_NUMBER: ReadonlySet<string> = new Set(['Infinity', '-Infinity']);

/**
 * A page of the items that pass, of each group the first. Elasticsearch takes all items of no group for one group, so these
 * are asked for by themselves, and the two put in order here.
 */
export async function browseGroups(
  cluster: Pick<Cluster, 'ask'>,
  { index, fields }: Generation,
  { filter, limit, sort, columns }: GroupedPage,
): Promise<BrowsedItems> {
  const { words } = fieldOf(GROUP_FIELD, fields);
  const hits = { ...columnHits(...columns), sort: [...sort] };
  const page = { index, ...hits, size: limit };
  const [passing, grouped] = [toQuery(filter, fields), { exists: { field: words } }];
  const ask = (request: estypes.SearchRequest) => cluster.ask((client, sending) => client.search(request, sending));
  const [alone, ofGroups] = await Promise.all([
    ask({ ...page, query: { bool: { filter: [passing], must_not: [grouped] } }, track_total_hits: true }),
    ask({
      ...page,
      query: { bool: { filter: [passing, grouped] } },
      collapse: { field: words },
      aggs: groupCounts(words),
      track_total_hits: false,
    }),
  ]);
  const found = [...alone.hits.hits, ...ofGroups.hits.hits];
  const shown = found.sort((a, b) => compare(a, b, sort)).slice(0, limit);
  const { counted, others } = groupsIn(ofGroups, 1);
  return {
    ids: shown.map(idOf),
    total: totalOf(alone) + counted,
    ...(others && { atLeast: true }),
    ...((isPartial(alone) || isPartial(ofGroups)) && { partial: true }),
    versions: columns.length > 0 ? versionsOf(shown) : undefined,
  };
}

function totalOf({ hits: { total } }: estypes.SearchResponse): number {
  return typeof total === 'object' ? total.value : 0;
}

/** What counts the items of each group. */
export function groupCounts(words: string): Record<string, estypes.AggregationsAggregationContainer> {
  return { [NAME]: { terms: { field: words, size: COUNTED_GROUPS } } };
}

interface Groups {
  readonly buckets: readonly { readonly doc_count: number }[];
  readonly sum_other_doc_count: number;
}

/** How many items of groups that is, and whether there are others. */
export function groupsIn({ aggregations = {} }: estypes.SearchResponse, perGroup: number) {
  const { buckets, sum_other_doc_count: rest } = aggregations[NAME] as unknown as Groups;
  return {
    counted: buckets.reduce((sum, { doc_count: items }) => sum + Math.min(items, perGroup), 0),
    others: rest > 0,
  };
}

/** In the order that Elasticsearch keeps. */
function compare(a: estypes.SearchHit, b: estypes.SearchHit, sort: GroupedPage['sort']): number {
  for (const [place, by] of sort.entries()) {
    const [{ order, missing }] = Object.values(by) as [Order];
    const [one, other] = [a, b].map(({ sort: keys = [] }) => sortKey(keys[place], missing !== undefined));
    if (one === other) continue;
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    return one < other === (order === 'asc') ? -1 : 1;
  }
  return 0;
}

function sortKey(key: unknown, isNumber: boolean): number | string | undefined {
  if (typeof key === 'number') return key;
  return typeof key === 'string' && !(isNumber && NO_NUMBER.has(key)) ? key : undefined;
}
