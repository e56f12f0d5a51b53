import { MedleyError } from '../../src/runtime/errors.ts';
import { isId, LONGEST_ID } from '../../src/vocabulary/id.ts';
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
  if (userId === undefined && clientId === undefined) fail('names no viewer, expected a userId, a clientId or both');
  const ids = { id, userId, clientId, queryId, itemId };
  for (const [name, value] of Object.entries(ids)) if (value !== undefined) checkId(name, value);
  if (!EVENT_ACTIONS.includes(action)) fail(`has the action "${action}", expected one of ${EVENT_ACTIONS.join(', ')}`);
  if (position !== undefined && !(Number.isInteger(position) && position >= 1 && position < 2 ** 31))
    fail(`has the position ${position}, expected a whole number from 1`);
  checkDate(occurredAt, now);
  return event;
}

function checkId(name: string, value: string): void {
  if (!isId(value)) fail(`has a wrong ${name}, expected 1 to ${LONGEST_ID} characters`);
}

/** ISO 8601 with a time zone: without one, sender and receiver may mean different hours. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function checkDate(occurredAt: string, now: number): void {
  const at = MOMENT.test(occurredAt) ? Date.parse(occurredAt) : NaN;
  if (Number.isNaN(at))
    fail(`has the date "${occurredAt.slice(0, 40)}", expected ISO 8601 with a time zone such as 2026-01-31T12:00:00Z`);
  if (at > now + AHEAD) fail('lies in the future, expected a date that has passed; check the clock of the sender');
  if (at < now - OLDEST) fail('is more than a year old, expected a newer one');
}

function fail(problem: string): never {
  throw new MedleyError('INVALID_EVENT', `the event ${problem}`);
}
