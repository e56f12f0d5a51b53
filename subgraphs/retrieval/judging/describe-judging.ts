import { counted, told } from '../../../src/runtime/counted.ts';
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
    tooFew > 0 && `${told(tooFew)} searched by fewer than ${counted(log.leastViewers, 'viewer')}`,
    unchosen > 0 && `${told(unchosen)} from which nothing was chosen`,
  ].filter((part) => part !== false);
  const not = [
    log.typedOn > 0 && `${counted(log.typedOn, 'search', 'searches')} while the viewer was still typing`,
    log.repeated > 0 && `${told(log.repeated)} by viewers who had searched for the same words several times already`,
  ].filter((part) => part !== false);
  return [
    `${counted(queries, 'query', 'queries')} with ${counted(judgments.length, 'judged item')}, from ${counted(searches, 'search', 'searches')} and ${counted(choices, 'choice')}.`,
    ...(left.length > 0 ? [`Queries left out: ${left.join(', ')}.`] : []),
    ...(log.unnamed > 0 ? [`${unnamedIn(log)}.`] : []),
    ...(not.length > 0 ? [`Not counted: ${not.join(', ')}.`] : []),
  ].join('\n');
}

const CHOICES =
  'your shop records choices (CLICK, MESSAGE, ADD_TO_CART or PURCHASE events, not VIEW) that name the queryId of their search';

/** @throws MedleyError INVALID_JUDGMENTS where the log says nothing of any query */
export function refuseNothing(judging: Judging, log: ReadLog): void {
  if (judging.queries > 0) return;
  const { days, leastViewers, read, inWords, unnamed } = log;
  const { tooFew, unchosen } = judging;
  throw new MedleyError(
    'INVALID_JUDGMENTS',
    `There is nothing to judge by: the log of the last ${counted(days, 'day')} has ${counted(read, 'search', 'searches')}, ` +
      `${told(inWords)} of them in words alone, for ${counted(tooFew + unchosen, 'query', 'queries')}. Of these queries ${told(tooFew)} had fewer ` +
      `than ${counted(leastViewers, 'viewer')}, and nothing was chosen from ${told(unchosen)}. Try more --days (MEDLEY_QUERY_LOG_RETENTION limits ` +
      `how far the log goes back) or a lower --least, and check that ${CHOICES}.` +
      (unnamed > 0 ? ` ${unnamedIn(log)}: have your shop send one.` : ''),
  );
}

function unnamedIn({ unnamed }: Pick<ReadLog, 'unnamed'>): string {
  const verbs = unnamed === 1 ? 'has no clientId or userId, and counts' : 'have no clientId or userId, and count';
  return `${counted(unnamed, 'search', 'searches')} ${verbs} as one viewer's`;
}
