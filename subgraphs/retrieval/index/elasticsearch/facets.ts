import type { CountedFacets, FacetCounts, FacetQuery } from '../item-index.ts';
import { mostCommon } from '../most-common.ts';
import type { Cluster } from './cluster.ts';
import { takenCounts } from './facet-answer.ts';
import type { TakenCounts } from './facet-answer.ts';
import { facetRequest } from './facet-request.ts';
import type { CountedQuery } from './facet-request.ts';
import type { Generation } from './generations.ts';

interface Taken {
  readonly counts: readonly TakenCounts[];
  readonly partial: boolean;
}

/** What of the answer is read. */
const READ = ['aggregations', 'timed_out', '_shards.failed'];

/** Counts fields over the items that pass: all in one search, and in a second one the values of which the first is not sure. Errors: UNKNOWN_FIELD. */
export async function countFacets(
  cluster: Pick<Cluster, 'ask' | 'budget'>,
  generation: Generation,
  queries: readonly FacetQuery[],
): Promise<CountedFacets> {
  const take = taker(cluster, generation);
  const first = await take(queries);
  const doubts = doubtsOf(queries, first.counts);
  const second = await take([...doubts.values()]);
  const sure = new Map([...doubts.keys()].map((place, at) => [place, second.counts[at]]));
  const counts = queries.map((query, place) => told(query, first.counts[place], sure.get(place)));
  return { counts, ...((first.partial || second.partial) && { partial: true }) };
}

/** By place, what is to be counted again. */
function doubtsOf(queries: readonly FacetQuery[], counts: readonly TakenCounts[]): ReadonlyMap<number, CountedQuery> {
  const doubts = queries.map((query, place): [number, CountedQuery] => [
    place,
    { ...query, values: counts[place]?.unsure },
  ]);
  return new Map(doubts.filter(([, { values }]) => values && values.length > 0));
}

function told(query: FacetQuery, counted?: TakenCounts, sure?: TakenCounts): FacetCounts {
  const values = new Map([...(counted?.values ?? []), ...(sure?.values ?? [])]);
  const { ranges = [], bounds } = counted ?? {};
  return { values: mostCommon(values, query), ranges, ...(bounds && { bounds }) };
}

function taker(
  cluster: Pick<Cluster, 'ask' | 'budget'>,
  { index, fields }: Generation,
): (queries: readonly CountedQuery[]) => Promise<Taken> {
  return async (queries) => {
    if (queries.length === 0) return { counts: [], partial: false };
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
    return { counts: takenCounts(queries, answer, fields), partial: answer.timed_out || answer._shards.failed > 0 };
  };
}
