import { bothOf } from '../../src/vocabulary/item-filter.ts';
import type { Candidate, CandidateSet, IndexQuery, ItemIndex, Versions } from './index/item-index.ts';

/** What was found, and what of it and of the items that stand first there is to rank. */
interface Found {
  readonly found: CandidateSet;
  readonly candidates: readonly Candidate[];
  readonly versions?: Versions;
}

/** The candidates of a query with the items that rules put first: those that exist and pass the filter, scored as all others are. */
export async function withPinned(
  query: IndexQuery,
  pins: readonly string[],
  index: Pick<ItemIndex, 'candidates' | 'browse'>,
): Promise<Found> {
  if (pins.length === 0) {
    const found = await index.candidates(query);
    return { found, candidates: found.candidates, versions: found.versions };
  }
  const filter = bothOf(query.filter, { ids: pins });
  const [found, scored, present] = await Promise.all([
    index.candidates(query),
    index.candidates({ ...query, filter, candidates: pins.length }),
    index.browse({ filter, orders: [], limit: pins.length }),
  ]);
  // What has nothing to do with the query is no candidate of it.
  const bare = present.ids.map((id): Candidate => ({ id, lexical: 0, cosines: query.probes.map(() => null) }));
  const byId = new Map([...bare, ...scored.candidates, ...found.candidates].map((one) => [one.id, one]));
  const versions = [present.versions, scored.versions, found.versions].flatMap((some) => [...(some ?? [])]);
  return { found, candidates: [...byId.values()], versions: found.versions && new Map(versions) };
}
