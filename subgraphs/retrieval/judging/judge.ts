import type { LoggedSearch, ShownItem } from '../query-log/logged-search.ts';
import { coec, gradeOf } from './grade.ts';
import type { Evidence } from './grade.ts';
import { PositionCounts } from './worth-by-position.ts';

/** What is judged by. */
export type ShownSearch = Pick<LoggedSearch, 'words' | 'viewer' | 'shown'>;

/** How good an item is for a query, and from how much that is known. */
export interface Judgment extends Evidence {
  readonly query: string;
  readonly item: string;
  /** 0 to 4. */
  readonly grade: number;
}

export interface Judging {
  /** The most frequent query first, its best item first. */
  readonly judgments: readonly Judgment[];
  /** How many queries they are of. */
  readonly queries: number;
  /** Of those queries: how often they were searched, and how many items were chosen from what they showed. */
  readonly searches: number;
  readonly choices: number;
  /** Queries that too few viewers searched, and those of which nobody chose anything. */
  readonly tooFew: number;
  readonly unchosen: number;
}

/**
 * Judges the items of every query that at least so many viewers searched. Rates by position are those of the whole log. The order of the
 * searches changes nothing.
 */
export function judge(searches: readonly ShownSearch[], leastViewers: number): Judging {
  const counts = new PositionCounts();
  for (const { shown } of searches) counts.add(shown);
  const scale = { worths: counts.worths(), unit: counts.unit };
  const queries = [...Map.groupBy(searches, ({ words }) => words)];
  const frequent = queries.filter(([, own]) => new Set(own.map(({ viewer }) => viewer)).size >= leastViewers);
  const chosen = frequent.filter(([, own]) => countChoices(own) > 0).sort(byFrequency);
  const told = chosen.flatMap(([, own]) => own);
  return {
    judgments: chosen.flatMap(([query, own]) => judgeQuery(query, evidenceIn(own, scale))),
    queries: chosen.length,
    searches: told.length,
    choices: countChoices(told),
    tooFew: queries.length - frequent.length,
    unchosen: frequent.length - chosen.length,
  };
}

function judgeQuery(query: string, evidence: ReadonlyMap<string, Evidence>): readonly Judgment[] {
  const judgments = [...evidence].flatMap(([item, own]) => {
    const grade = gradeOf(own);
    return grade === undefined ? [] : [{ query, item, grade, ...own }];
  });
  return judgments.sort((a, b) => b.grade - a.grade || coec(b) - coec(a) || (a.item < b.item ? -1 : 1));
}

interface Scale {
  /** By position, from 1. */
  readonly worths: readonly number[];
  /** The worth of an average choice. */
  readonly unit: number;
}

function evidenceIn(searches: readonly ShownSearch[], { worths, unit }: Scale): ReadonlyMap<string, Evidence> {
  const items = Map.groupBy(
    searches.flatMap(({ shown }) => shown),
    ({ item }) => item,
  );
  return new Map(
    [...items].map(([item, shown]) => {
      // In one order, so that the sum is the same to the last digit.
      const positions = shown.map(({ position }) => position).sort((a, b) => a - b);
      const expected = sum(positions.map((position) => worths[position - 1] ?? 0)) / unit;
      const worth = sum(shown.map((each) => each.worth)) / unit;
      return [item, { shown: shown.length, chosen: shown.filter(isChosen).length, worth, expected }];
    }),
  );
}

function countChoices(searches: readonly ShownSearch[]): number {
  return sum(searches.map(({ shown }) => shown.filter(isChosen).length));
}

function isChosen({ worth }: ShownItem): boolean {
  return worth > 0;
}

function byFrequency([a, x]: Query, [b, y]: Query): number {
  return y.length - x.length || (a < b ? -1 : 1);
}

type Query = readonly [words: string, searches: readonly ShownSearch[]];

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
