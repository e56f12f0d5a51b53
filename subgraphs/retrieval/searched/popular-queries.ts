import type { QueryTally } from './query-tally.ts';
import type { SearchTally } from './search-tally.ts';

/** A query that many viewers searched, with slips mended, in lower case. */
export interface PopularQuery {
  readonly text: string;
  readonly viewers: number;
}

export interface Wanted {
  /** What fewer viewers searched may be somebody's name. */
  readonly leastViewers: number;
  readonly limit: number;
}

/**
 * The queries that most viewers searched, of those that find items by each of their words: so what is shown to others is in the words
 * of the catalogue, whoever searched for what. Viewers count and not searches, or one alone could make a query popular.
 */
export function popularQueries(
  { queries }: Pick<SearchTally, 'queries'>,
  { leastViewers, limit }: Wanted,
): readonly PopularQuery[] {
  const asMeant = Map.groupBy(queries.values(), ({ readAs }) => readAs.trim().replaceAll(/\s+/g, ' '));
  return [...asMeant]
    .filter(([, tallies]) => isFound(tallies))
    .map(([text, tallies]) => ({ text, viewers: new Set(tallies.flatMap(({ viewers }) => [...viewers])).size }))
    .filter(({ viewers }) => viewers >= leastViewers)
    .toSorted((a, b) => b.viewers - a.viewers || (a.text < b.text ? -1 : 1))
    .slice(0, limit);
}

/** By the newest search that tells. */
function isFound(tallies: readonly QueryTally[]): boolean {
  const newest = tallies.find(({ found }) => found)?.found;
  return newest?.by === 'WORDS' && newest.unread.length === 0;
}
