import type { estypes } from '@elastic/elasticsearch';
import type { BrowsePage } from '../item-index.ts';
import { columnHits, idOf } from './column-hits.ts';
import type { Cluster } from './cluster.ts';
import { fieldOf, toQuery } from './filter-query.ts';
import type { Generation } from './generations.ts';

/** Ids of one request. */
const MOST = 5000;

/** A page of the items that pass a filter, in order of a field, and how many pass. Errors: UNKNOWN_FIELD. */
export async function browseItems(
  cluster: Cluster,
  { index, fields }: Generation,
  { filter, order, limit }: BrowsePage,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const query = { constant_score: { filter: toQuery(filter, fields) } };
  const sort = [...(order ? [byField(order, fields)] : []), { id: 'asc' as const }];
  const ids: string[] = [];
  let total = 0;
  let after: estypes.SortResults | undefined;
  do {
    const size = Math.min(MOST, limit - ids.length);
    const asked = { index, query, sort, size, ...columnHits(), track_total_hits: after === undefined };
    const { hits } = await cluster.ask((client, sending) => client.search({ ...asked, search_after: after }, sending));
    if (typeof hits.total === 'object') total = hits.total.value;
    ids.push(...hits.hits.map(idOf));
    after = hits.hits.length === size ? hits.hits.at(-1)?.sort : undefined;
  } while (after && ids.length < limit);
  return { ids, total };
}

function byField(
  { field, direction }: NonNullable<BrowsePage['order']>,
  fields: Generation['fields'],
): estypes.SortOptions {
  const { words, number } = fieldOf(field, fields);
  return { [number ?? words]: { order: direction === 'ASC' ? 'asc' : 'desc', missing: '_last' } };
}
