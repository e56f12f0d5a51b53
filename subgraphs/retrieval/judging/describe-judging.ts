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
    ...(not.length > 0 ? [`Not counted: ${not.join(', ')}.`] : []),
  ].join('\n');
}

/** @throws MedleyError INVALID_JUDGMENTS where the log says nothing of any query */
export function refuseNothing(judging: Judging, { days, leastViewers, read, inWords }: ReadLog): void {
  if (judging.queries > 0) return;
  const { tooFew, unchosen } = judging;
  throw new MedleyError(
    'INVALID_JUDGMENTS',
    `The log of ${told(days)} days has ${told(read)} searches, ${told(inWords)} of them in words alone, of ${told(tooFew + unchosen)} queries: ` +
      `${told(tooFew)} were searched by fewer than ${told(leastViewers)} viewers, and from ${told(unchosen)} nothing was chosen. Expected is ` +
      'one query at least that neither is true of. Try more --days (as far as MEDLEY_QUERY_LOG_RETENTION goes back) or fewer viewers with ' +
      '--least, and see that the events of your shop name the query id of the search that they come from.',
  );
}

function told(count: number): string {
  return count.toLocaleString('en');
}
