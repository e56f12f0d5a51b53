import type { estypes } from '@elastic/elasticsearch';
import { GROUP_FIELD, GroupTally } from '../group-tally.ts';
import type { BrowsedItems } from '../item-index.ts';
import { isPartial } from './cluster-errors.ts';
import { columnHits, idOf, versionsOf } from './column-hits.ts';
import type { Cluster } from './cluster.ts';
import { fieldOf, toQuery } from './filter-query.ts';
import type { Generation } from './generations.ts';
import { groupCounts, groupsIn } from './grouped-browse.ts';
import type { GroupedPage } from './grouped-browse.ts';

/** So many times the items that are wanted are read at once, and no more than so many. */
const TIMES = 4;
const MOST = 5000;

const ALONE = 'alone';

/**
 * A page of the items that pass, of one group no more than are wanted, two or more: all are read in their order, and groups of which
 * enough were met are left out of what is read next. To collapse them would have Elasticsearch search once more for each group.
 */
export async function browseSeveralOfEach(
  cluster: Pick<Cluster, 'ask'>,
  { index, fields }: Generation,
  { filter, limit, perGroup, sort, columns }: GroupedPage & { readonly perGroup: number },
): Promise<BrowsedItems> {
  const { words } = fieldOf(GROUP_FIELD, fields);
  const [passing, size] = [toQuery(filter, fields), Math.min(MOST, TIMES * limit)];
  const page = { index, ...columnHits(words, ...columns), sort: [...sort], size };
  const counting = { aggs: { ...groupCounts(words), [ALONE]: { missing: { field: words } } }, track_total_hits: false };
  const ask = (request: estypes.SearchRequest) => cluster.ask((client, sending) => client.search(request, sending));
  const [tally, full] = [new GroupTally(perGroup), new Set<string>()];
  const take = (hit: estypes.SearchHit): boolean => {
    const [group] = (hit.fields?.[words] ?? []) as readonly string[];
    const isTaken = tally.take(group);
    if (!isTaken && group !== undefined) full.add(group);
    return isTaken;
  };
  const first = await ask({ ...page, ...counting, query: { bool: { filter: [passing] } } });
  const found = first.hits.hits.filter(take);
  let [last, partial] = [first, isPartial(first)];
  while (last.hits.hits.length === size && found.length < limit) {
    const query = { bool: { filter: [passing], must_not: [{ terms: { [words]: [...full] } }] } };
    last = await ask({ ...page, query, search_after: last.hits.hits.at(-1)?.sort, track_total_hits: false });
    found.push(...last.hits.hits.filter(take));
    partial ||= isPartial(last);
  }
  const shown = found.slice(0, limit);
  const { counted, others } = groupsIn(first, perGroup);
  const { doc_count: alone } = first.aggregations?.[ALONE] as estypes.AggregationsMissingAggregate;
  return {
    ids: shown.map(idOf),
    total: alone + counted,
    ...(others && { atLeast: true }),
    ...(partial && { partial }),
    versions: columns.length > 0 ? versionsOf(shown) : undefined,
  };
}
