import { alignedColumns } from '../../../src/runtime/aligned-columns.ts';
import { counted, told } from '../../../src/runtime/counted.ts';
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
    `No viewer with a clientId or userId searched in words in the last ${counted(days, 'day')} (${counted(read, 'search', 'searches')} of any kind).`,
    ...(unnamed > 0 ? ['Only searches that name a clientId or userId count: have your shop send one.'] : []),
  ];
}

function headOf({ searches, queries, viewers, from, until }: SearchesReport): string {
  const days = new Set([from, until].flatMap((time) => time?.slice(0, 10) ?? []));
  const asked = `${counted(searches, 'search', 'searches')} for ${counted(queries, 'query', 'queries')}`;
  return `${asked} by ${counted(viewers, 'viewer')}, ${[...days].join(' to ')}.`;
}

function programsIn({ programs: { viewers, searches, above } }: SearchesReport): readonly string[] {
  if (viewers === 0) return [];
  const who = counted(viewers, 'viewer');
  return [
    `CAUTION: ${told(searches)} of these searches are by ${who} with more than ${told(above)} searches, as programs have.`,
    'All figures include them. To leave programs out, have them send neither clientId nor userId.',
  ];
}

function rates(report: SearchesReport): readonly string[] {
  const { zeroResultRate, likenessAloneRate, unknownWordRate, clickThroughRate, meanReciprocalRank } = report;
  const rows = [
    [percent(zeroResultRate), 'found nothing'],
    [percent(likenessAloneRate), 'found by meaning or looks alone: no hit has any of the words'],
    [percent(unknownWordRate), 'have a word that is in no item'],
    ...(clickThroughRate === null
      ? []
      : [
          [percent(clickThroughRate), 'led to a choice'],
          [meanReciprocalRank?.toFixed(2) ?? '-', 'mean reciprocal rank of the first choice (0 without one)'],
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
    'No choices are known, so this report says nothing about them. A choice is a CLICK, MESSAGE,',
    'ADD_TO_CART or PURCHASE event (not a VIEW) that names the queryId of its search (recordEvents).',
  ];
}

function notCounted({ notCounted: { typedOn, unnamed, browses, withPictures } }: SearchesReport): readonly string[] {
  const parts = [
    [typedOn, `while still typing: the next one followed within ${PAUSE / 1000} seconds`],
    [unnamed, 'without a clientId or userId'],
    [browses, 'without words'],
    [withPictures, 'with pictures or items'],
  ] as const;
  const rows = parts.flatMap(([count, what]) => (count > 0 ? [[told(count), what]] : []));
  return rows.length > 0 ? ['Searches that are not counted', ...figures(rows)] : [];
}

function leftOut({ leftOut: { queries, searches, leastViewers } }: SearchesReport): readonly string[] {
  if (queries === 0) return [];
  return [
    `Not listed: ${counted(queries, 'query', 'queries')} (${counted(searches, 'search', 'searches')}) by fewer than ${counted(leastViewers, 'viewer')} (--least).`,
  ];
}

function cutOff({ read, most }: ReadLog): readonly string[] {
  return read >= most ? [`Only the newest ${told(most)} searches of any kind were read.`] : [];
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}
