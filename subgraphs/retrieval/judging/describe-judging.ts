import { MedleyError } from '../../../src/runtime/errors.ts';
import type { Judging } from './judge.ts';

/** What a log was asked for, and how much was read of it. */
export interface ReadLog {
  readonly days: number;
  readonly leastViewers: number;
  /** Searches of any kind, and those in words alone among them. */
  readonly read: number;
  readonly inWords: number;
  /** Not counted: on the way to another search. */
  readonly typedOn: number;
  /** Nor these: more of one viewer for the same words than count. */
  readonly repeated: number;
  /** Counted as those of one viewer, whoever they are. */
  readonly unnamed: number;
}

/** What came of a log, for a person. */
export function describeJudging(judging: Judging, log: ReadLog): string {
  const { queries, judgments, searches, choices, tooFew, unchosen } = judging;
  const left = [
    tooFew > 0 && `${told(tooFew)} that fewer than ${told(log.leastViewers)} viewers searched`,
    unchosen > 0 && `${told(unchosen)} from which nothing was chosen`,
  ].filter((part) => part !== false);
  const not = [
    log.typedOn > 0 && `${told(log.typedOn)} searches on the way to another, typed on within seconds`,
    log.repeated > 0 && `${told(log.repeated)} by viewers who had searched for the same words several times already`,
  ].filter((part) => part !== false);
  return [
    `${told(queries)} queries with ${told(judgments.length)} judged items, from ${told(searches)} searches and ${told(choices)} choices.`,
    ...(left.length > 0 ? [`Queries left out: ${left.join(', ')}.`] : []),
    ...(log.unnamed > 0 ? [`${unnamedIn(log)}.`] : []),
    ...(not.length > 0 ? [`Not counted: ${not.join(', ')}.`] : []),
  ].join('\n');
}

const CHOICES =
  'the events of your shop are choices (CLICK, MESSAGE, ADD_TO_CART, PURCHASE; a VIEW is none) and name the query id of the search that they come from';

/** @throws MedleyError INVALID_JUDGMENTS where the log says nothing of any query */
export function refuseNothing(judging: Judging, log: ReadLog): void {
  if (judging.queries > 0) return;
  const { days, leastViewers, read, inWords, unnamed } = log;
  const { tooFew, unchosen } = judging;
  throw new MedleyError(
    'INVALID_JUDGMENTS',
    `The log of ${told(days)} days has ${told(read)} searches, ${told(inWords)} of them in words alone, of ${told(tooFew + unchosen)} queries: ` +
      `${told(tooFew)} were searched by fewer than ${told(leastViewers)} viewers, and from ${told(unchosen)} nothing was chosen. Expected is ` +
      'one query at least that neither is true of. Try more --days (as far as MEDLEY_QUERY_LOG_RETENTION goes back) or fewer viewers with ' +
      `--least, and see that ${CHOICES}.${unnamed > 0 ? ` ${unnamedIn(log)}: have your shop send one.` : ''}`,
  );
}

function unnamedIn({ unnamed }: Pick<ReadLog, 'unnamed'>): string {
  return `${told(unnamed)} searches name no clientId or userId, and count as one viewer's`;
}

function told(count: number): string {
  return count.toLocaleString('en');
}
