import { mostOfOne } from '../measures/outliers.ts';
import { byFrequency, byMissing, isChosenLess, isForSynonyms, queryReport } from './query-report.ts';
import type { QueryReport } from './query-report.ts';
import type { SearchTally } from './search-tally.ts';

/** What is told of the searches of a log; as it is, the document of `--json`. What cannot be told is null, never 0. */
export interface SearchesReport {
  /** ISO times of the oldest and the newest search that counts. */
  readonly from: string | null;
  readonly until: string | null;
  readonly searches: number;
  /** Distinct ones. */
  readonly queries: number;
  readonly viewers: number;
  /** Of these, who searched more than `above` times, as programs do. */
  readonly programs: { readonly viewers: number; readonly searches: number; readonly above: number };
  /** Shares of the searches of which it can be told: hits none; hits none of which has a word of the query; a word that no item has. */
  readonly zeroResultRate: number | null;
  readonly likenessAloneRate: number | null;
  readonly unknownWordRate: number | null;
  /** The share of searches from which something was chosen. */
  readonly clickThroughRate: number | null;
  /** Of what stood first among the choices of a search; 0 where nothing was chosen. */
  readonly meanReciprocalRank: number | null;
  readonly notCounted: {
    readonly typedOn: number;
    readonly unnamed: number;
    readonly browses: number;
    readonly withPictures: number;
  };
  /** What is counted above but stands in no list: queries that fewer viewers searched. */
  readonly leftOut: { readonly leastViewers: number; readonly queries: number; readonly searches: number };
  readonly mostSearched: readonly QueryReport[];
  /** Found nothing, or by likeness alone, or have a word that no item has. */
  readonly forSynonyms: readonly QueryReport[];
  /** Those first from which most choices are missing. */
  readonly chosenLess: readonly QueryReport[];
}

export interface AskedReport {
  readonly leastViewers: number;
  /** Of each list. */
  readonly limit: number;
}

/** Makes the report of a log that was counted to its end. */
export function searchesReport(tally: SearchTally, { leastViewers, limit }: AskedReport): SearchesReport {
  const all = [...tally.queries.values()];
  const own = all.filter(({ viewers }) => viewers.size >= leastViewers);
  // Without choices nothing is to be expected of a position.
  const worths = tally.chosen > 0 ? tally.positions.worths() : undefined;
  const told = own.map((query) => queryReport(query, worths)).sort(byFrequency);
  return {
    ...overall(tally),
    notCounted: {
      typedOn: tally.typedOn,
      unnamed: tally.unnamed,
      browses: tally.browses,
      withPictures: tally.pictures,
    },
    leftOut: {
      leastViewers,
      queries: all.length - own.length,
      searches: tally.searches - own.reduce((sum, { searches }) => sum + searches, 0),
    },
    mostSearched: told.slice(0, limit),
    forSynonyms: told.filter(isForSynonyms).slice(0, limit),
    chosenLess: told.filter(isChosenLess).sort(byMissing).slice(0, limit),
  };
}

function overall({ times, searches, queries, viewers, found, chosen, reciprocals }: SearchTally) {
  const ofTold = (count: number): number | null => (found.told > 0 ? count / found.told : null);
  return {
    from: times.oldest === undefined ? null : new Date(times.oldest).toISOString(),
    until: times.newest === undefined ? null : new Date(times.newest).toISOString(),
    searches,
    queries: queries.size,
    viewers: viewers.size,
    programs: programsAmong([...viewers.values()]),
    zeroResultRate: ofTold(found.NOTHING),
    likenessAloneRate: ofTold(found.LIKENESS),
    unknownWordRate: ofTold(found.unread),
    clickThroughRate: chosen > 0 ? chosen / searches : null,
    meanReciprocalRank: chosen > 0 ? reciprocals / searches : null,
  };
}

function programsAmong(counts: readonly number[]): SearchesReport['programs'] {
  const above = mostOfOne(counts);
  const more = counts.filter((count) => count > above);
  return { viewers: more.length, searches: more.reduce((sum, count) => sum + count, 0), above };
}
