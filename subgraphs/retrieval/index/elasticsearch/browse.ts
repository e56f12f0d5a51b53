import type { estypes } from '@elastic/elasticsearch';
import type { BrowsedItems, BrowseOrder, BrowsePage } from '../item-index.ts';
import { isPartial } from './cluster-errors.ts';
import { columnHits, idOf, VERSION, versionsOf } from './column-hits.ts';
import type { ElasticStore } from './elastic-store.ts';
import { fieldOf, toQuery } from './filter-query.ts';
import type { Generation } from './generations.ts';
import { browseGroups } from './grouped-browse.ts';
import type { Order } from './grouped-browse.ts';
import { browseSeveralOfEach } from './several-of-each.ts';

type Browsing = Pick<ElasticStore, 'cluster' | 'memory'>;

/** Ids of one request. */
const MOST = 5000;

/** A page of the items that pass a filter, in order of some fields, and how many pass. Errors: UNKNOWN_FIELD. */
export async function browseItems(
  { cluster, memory }: Browsing,
  generation: Generation,
  { filter, orders = [], limit, perGroup = 0 }: BrowsePage,
): Promise<BrowsedItems> {
  const { index, fields } = generation;
  const sort = [...orders.map((order) => byField(order, fields)), { id: { order: 'asc' as const } }];
  const columns = memory.remembers ? [VERSION] : [];
  const grouped = { filter, limit, sort, columns };
  if (perGroup === 1) return browseGroups(cluster, generation, grouped);
  if (perGroup > 1) return browseSeveralOfEach(cluster, generation, { ...grouped, perGroup });
  const query = { constant_score: { filter: toQuery(filter, fields) } };
  const wanted = columnHits(...columns);
  const found: estypes.SearchHit[] = [];
  let total = 0;
  let partial = false;
  let after: estypes.SortResults | undefined;
  do {
    const size = Math.min(MOST, limit - found.length);
    const asked = { index, query, sort, size, ...wanted, track_total_hits: after === undefined };
    const answer = await cluster.ask((client, sending) => client.search({ ...asked, search_after: after }, sending));
    const { hits } = answer;
    partial ||= isPartial(answer);
    if (typeof hits.total === 'object') total = hits.total.value;
    found.push(...hits.hits);
    after = hits.hits.length === size ? hits.hits.at(-1)?.sort : undefined;
  } while (after && found.length < limit);
  return {
    ids: found.map(idOf),
    total,
    ...(partial && { partial }),
    versions: memory.remembers ? versionsOf(found) : undefined,
  };
}

function byField({ field, direction }: BrowseOrder, fields: Generation['fields']): Readonly<Record<string, Order>> {
  const { words, number } = fieldOf(field, fields);
  const order = direction === 'ASC' ? 'asc' : 'desc';
  return number === undefined ? { [words]: { order } } : { [number]: { order, missing: '_last' } };
}
