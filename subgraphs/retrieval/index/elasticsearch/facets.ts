import type { CountedFacets, FacetQuery } from '../item-index.ts';
import type { Cluster } from './cluster.ts';
import { facetCounts, facetRequest } from './facet-request.ts';
import type { Generation } from './generations.ts';

/** What of the answer is read. */
const READ = ['aggregations', 'timed_out', '_shards.failed'];

/** Counts fields over the items that pass, all of them in one search. Errors: UNKNOWN_FIELD. */
export async function countFacets(
  cluster: Pick<Cluster, 'ask' | 'budget'>,
  { index, fields }: Generation,
  queries: readonly FacetQuery[],
): Promise<CountedFacets> {
  if (queries.length === 0) return { counts: [] };
  const aggs = facetRequest(queries, fields);
  const request = {
    index,
    aggs,
    size: 0,
    track_total_hits: false,
    timeout: `${Math.ceil(cluster.budget())}ms`,
    filter_path: READ,
  };
  const answer = await cluster.ask((client, sending) => client.search(request, sending));
  const partial = answer.timed_out || answer._shards.failed > 0;
  return { counts: facetCounts(queries, answer), ...(partial && { partial }) };
}
