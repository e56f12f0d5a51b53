import { AS_USUAL, coec } from '../judging/grade.ts';
import type { Count } from '../ranking/window.ts';
import type { QueryTally } from './query-tally.ts';

/** What is told of the searches for one query. What cannot be told is null, never 0. */
export interface QueryReport {
  /** As it was typed, in lower case. */
  readonly query: string;
  /** With slips mended; null where it was read as it was typed. */
  readonly readAs: string | null;
  readonly searches: number;
  readonly viewers: number;
  /** What its newest search found, and how much; null where the viewer narrowed or ordered every one, or all lacked a part. */
  readonly found: 'WORDS' | 'LIKENESS' | 'NOTHING' | null;
  readonly hits: Count | null;
  /** Of that search: those that no item has. */
  readonly unknownWords: readonly string[];
  /** The share of its searches from which something was chosen. */
  readonly clickThroughRate: number | null;
  /** Of all that was chosen, from 1. */
  readonly meanPosition: number | null;
  /** Of the searches that the profile alone has ranked: how many items were chosen, */
  readonly choices: number | null;
  /** how many their positions let expect, */
  readonly expectedChoices: number | null;
  /** and the one over the other, smoothed. */
  readonly coec: number | null;
}

/** `rates`: how often what stands at each position is chosen; absent where nothing was. */
export function queryReport(tally: QueryTally, rates: readonly number[] | undefined): QueryReport {
  const { query, readAs, searches, viewers, found, chosen, choices, positions, shown, shownAndChosen } = tally;
  const expected = rates && shown.reduce((sum, times, i) => sum + times * (rates[i] ?? 0), 0);
  return {
    query,
    readAs: readAs === query ? null : readAs,
    searches,
    viewers: viewers.size,
    found: found?.by ?? null,
    hits: found?.total ?? null,
    unknownWords: found?.unread ?? [],
    clickThroughRate: rates ? chosen / searches : null,
    meanPosition: choices > 0 ? positions / choices : null,
    choices: rates ? shownAndChosen : null,
    expectedChoices: expected ?? null,
    coec: expected === undefined ? null : coec({ worth: shownAndChosen, expected }),
  };
}

export function isForSynonyms({ found, unknownWords }: QueryReport): boolean {
  return found === 'NOTHING' || found === 'LIKENESS' || unknownWords.length > 0;
}

/** So many searches are often: choices of one search hang together. */
const OFTEN = 10;
/** Standard deviations of a count (Poisson): fewer may be chance. Where four choices were to be expected, not one was made. */
const CLEARLY = 2;

/** Less than grade 2 of a judgment would be, and by more than chance. */
export function isChosenLess(query: QueryReport): boolean {
  const { searches, coec: ratio, expectedChoices } = query;
  if (ratio === null || searches < OFTEN) return false;
  return ratio < AS_USUAL && missing(query) >= CLEARLY * Math.sqrt(expectedChoices ?? 0);
}

export function byFrequency(a: QueryReport, b: QueryReport): number {
  return b.searches - a.searches || b.viewers - a.viewers || (a.query < b.query ? -1 : 1);
}

export function byMissing(a: QueryReport, b: QueryReport): number {
  return missing(b) - missing(a) || byFrequency(a, b);
}

function missing({ expectedChoices, choices }: QueryReport): number {
  return (expectedChoices ?? 0) - (choices ?? 0);
}
