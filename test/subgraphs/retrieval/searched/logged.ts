import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { SearchTally } from '../../../../subgraphs/retrieval/searched/search-tally.ts';
import { searchesReport } from '../../../../subgraphs/retrieval/searched/searches-report.ts';
import type { AskedReport, SearchesReport } from '../../../../subgraphs/retrieval/searched/searches-report.ts';

const NOON = Date.UTC(2026, 9, 5, 12);

/** A logged search of ten items, by default of a viewer of its own, a minute after the one before; `chosen` are positions. */
export function logged(
  typed: string,
  { chosen = [], ...given }: Partial<LoggedSearch> & { readonly chosen?: readonly number[] } = {},
): LoggedSearch {
  made += 1;
  return {
    at: NOON + made * 60_000,
    typed,
    words: typed,
    viewer: made,
    known: true,
    alone: true,
    rankedBy: { profile: 'default', version: 1, asked: false },
    found: { by: 'WORDS', total: { value: 10, relation: 'EXACT' }, unread: [] },
    shown: Array.from({ length: 10 }, (_, i) => ({
      item: `i${i}`,
      position: i + 1,
      worth: chosen.includes(i + 1) ? 8 : 0,
    })),
    ...given,
  };
}

let made = 0;

export function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

/** Searches as they are counted, given the oldest first, as they happened. */
export function tallyOf(searches: readonly LoggedSearch[]): SearchTally {
  const tally = new SearchTally();
  const others = { browses: 0, pictures: 0, nobodys: 0 };
  tally.take({ searches: searches.toReversed(), others });
  tally.end();
  return tally;
}

/** What is told of them. */
export function reportOf(searches: readonly LoggedSearch[], asked: Partial<AskedReport> = {}): SearchesReport {
  return searchesReport(tallyOf(searches), { leastViewers: 1, limit: 20, ...asked });
}
