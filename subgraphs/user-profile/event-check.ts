import { MedleyError } from '../../src/runtime/errors.ts';
import { ID_EXPECTED, isId } from '../../src/vocabulary/id.ts';
import { readMoment } from '../../src/vocabulary/moment.ts';
import { EVENT_ACTIONS } from '../../src/vocabulary/viewer-event.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import { DAY, MINUTE } from './decay.ts';

/** How far the clock of a sender may be ahead. */
const AHEAD = 10 * MINUTE;

/** An event older than this teaches nothing that still counts. */
const OLDEST = 365 * DAY;

/** The event, ready to be stored; throws INVALID_EVENT with what came and what was expected. */
export function checkEvent(event: ViewerEvent, now: number): ViewerEvent {
  const { id, userId, clientId, queryId, itemId, action, position, occurredAt } = event;
  if (userId === undefined && clientId === undefined) fail('names no viewer; expected a userId, a clientId or both');
  const ids = { id, userId, clientId, queryId, itemId };
  for (const [name, value] of Object.entries(ids)) if (value !== undefined) checkId(name, value);
  if (!EVENT_ACTIONS.includes(action)) fail(`has the action "${action}"; expected one of ${EVENT_ACTIONS.join(', ')}`);
  if (position !== undefined && !(Number.isInteger(position) && position >= 1 && position < 2 ** 31))
    fail(`has the position ${position}; expected a whole number from 1`);
  checkDate(occurredAt, now);
  return event;
}

function checkId(name: string, value: string): void {
  if (!isId(value)) fail(`has a wrong ${name}; ${ID_EXPECTED}`);
}

/** Without a time zone, sender and receiver may mean different hours. */
const ZONED = /T.*(Z|[+-]\d{2}:?\d{2})$/;

/** The date is whatever the sender wrote: the schema lets any value through. */
function checkDate(occurredAt: unknown, now: number): void {
  const at = typeof occurredAt === 'string' && ZONED.test(occurredAt) ? readMoment(occurredAt) : undefined;
  if (at === undefined)
    fail(
      `has the date ${shown(occurredAt)}; expected a day that exists, in ISO 8601 with a time zone, such as 2026-01-31T12:00:00Z`,
    );
  if (at > now + AHEAD) fail('is in the future; expected a date in the past. Check the clock of the sender');
  if (at < now - OLDEST) fail('is more than a year old; expected a newer one');
}

function shown(value: unknown): string {
  return JSON.stringify(value ?? null).slice(0, 40);
}

function fail(problem: string): never {
  throw new MedleyError('INVALID_EVENT', `The event ${problem}.`);
}
