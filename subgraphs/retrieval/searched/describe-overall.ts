import { alignedColumns } from '../../../src/runtime/aligned-columns.ts';
import { PAUSE } from '../query-log/typed-on.ts';
import type { SearchesReport } from './searches-report.ts';

/** What was read, and how much of it there was: the newest where not all was read. */
export interface ReadLog {
  readonly days: number;
  /** Windows of any kind. */
  readonly read: number;
  readonly most: number;
}

/** What the report says of all searches together. */
export function describeOverall(report: SearchesReport, log: ReadLog): string {
  const lines =
    report.searches === 0
      ? nothing(report, log)
      : [headOf(report), ...programsIn(report), ...rates(report), ...choices(report)];
  return [...lines, ...notCounted(report), ...leftOut(report), ...cutOff(log)].join('\n');
}

function nothing({ notCounted: { unnamed } }: SearchesReport, { days, read }: ReadLog): readonly string[] {
  return [
    `The query log of ${told(days)} days has no search in words by a named viewer (${told(read)} searches of any kind).`,
    ...(unnamed > 0 ? ['Only searches that name a clientId or userId count: have your shop send one.'] : []),
  ];
}

function headOf({ searches, queries, viewers, from, until }: SearchesReport): string {
  const days = new Set([from, until].flatMap((time) => time?.slice(0, 10) ?? []));
  const asked = `${counted(searches, 'search', 'searches')} for ${counted(queries, 'query', 'queries')}`;
  return `${asked} by ${counted(viewers, 'viewer', 'viewers')}, ${[...days].join(' to ')}.`;
}

function programsIn({ programs: { viewers, searches, above } }: SearchesReport): readonly string[] {
  if (viewers === 0) return [];
  const who = counted(viewers, 'viewer', 'viewers');
  return [
    `CAUTION: ${told(searches)} of them by ${who} with more than ${told(above)} searches, as programs have: all figures`,
    'are of them, too. Have programs name no clientId, nor userId, and they do not count.',
  ];
}

function rates(report: SearchesReport): readonly string[] {
  const { zeroResultRate, likenessAloneRate, unknownWordRate, clickThroughRate, meanReciprocalRank } = report;
  const rows = [
    [percent(zeroResultRate), 'found nothing'],
    [percent(likenessAloneRate), 'found by meaning or looks alone: no hit has one of the words'],
    [percent(unknownWordRate), 'have a word that no item has'],
    ...(clickThroughRate === null
      ? []
      : [
          [percent(clickThroughRate), 'led to a choice'],
          [meanReciprocalRank?.toFixed(2) ?? '-', 'mean reciprocal rank of the first choice (0 where none)'],
        ]),
  ];
  return figures(rows);
}

function figures(rows: readonly (readonly string[])[]): readonly string[] {
  return alignedColumns(rows, [{ align: 'right' }, {}]).map((row) => `  ${row}`);
}

function choices({ clickThroughRate }: SearchesReport): readonly string[] {
  if (clickThroughRate !== null) return [];
  return [
    'No choice is known of any search, so nothing is told of choices. A choice is a CLICK, MESSAGE,',
    'ADD_TO_CART or PURCHASE, not a VIEW, that names the queryId of the search (recordEvents).',
  ];
}

function notCounted({ notCounted: { typedOn, unnamed, browses, withPictures } }: SearchesReport): readonly string[] {
  const parts = [
    [typedOn, `on the way to another: typed on within ${PAUSE / 1000} seconds`],
    [unnamed, 'that name no viewer'],
    [browses, 'without words'],
    [withPictures, 'with pictures or items'],
  ] as const;
  const rows = parts.flatMap(([count, what]) => (count > 0 ? [[told(count), what]] : []));
  return rows.length > 0 ? ['Not counted are searches', ...figures(rows)] : [];
}

function leftOut({ leftOut: { queries, searches, leastViewers } }: SearchesReport): readonly string[] {
  if (queries === 0) return [];
  return [
    `Not listed: ${counted(queries, 'query', 'queries')} (${counted(searches, 'search', 'searches')}) of fewer than ${told(leastViewers)} viewers (--least).`,
  ];
}

function cutOff({ read, most }: ReadLog): readonly string[] {
  return read >= most ? [`Only the newest ${told(most)} searches of any kind were read.`] : [];
}

function counted(count: number, one: string, many: string): string {
  return `${told(count)} ${count === 1 ? one : many}`;
}

/** With commas at thousands. */
export function told(count: number): string {
  return count.toLocaleString('en');
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}
