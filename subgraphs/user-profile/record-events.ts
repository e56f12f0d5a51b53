import { MedleyError, toRejection } from '../../src/runtime/errors.ts';
import type { Rejection } from '../../src/runtime/errors.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import { checkEvent } from './event-check.ts';
import type { Appended, ProfileStore } from './profile-store.ts';

/** An event was stored now, was known already (which is as good), or was refused. */
export type EventOutcome = Appended | { readonly rejection: Rejection };

/** More events than this come in several requests. */
export const MOST_EVENTS = 1000;

/**
 * Checks each event and stores the good ones; one outcome an event, in order. When it resolves they are committed. What they
 * teach is the learner's concern: it may come later, so a slow retrieval never delays a sender.
 */
export async function recordEvents(
  store: ProfileStore,
  events: readonly ViewerEvent[],
  now: number,
): Promise<readonly EventOutcome[]> {
  if (events.length > MOST_EVENTS)
    throw new MedleyError(
      'INVALID_INPUT',
      `The request has ${events.length} events; at most ${MOST_EVENTS} are allowed.`,
    );
  const checked = events.map((event) => checkedOrNot(event, now));
  const good = checked.flatMap((outcome) => ('event' in outcome ? [outcome.event] : []));
  const appended = good.length === 0 ? [] : [...(await store.append(good, now))];
  return checked.map((outcome) => {
    if ('rejection' in outcome) return outcome;
    const stored = appended.shift();
    if (!stored) throw new Error('the store answered fewer outcomes than events');
    return stored;
  });
}

function checkedOrNot(
  event: ViewerEvent,
  now: number,
): { readonly event: ViewerEvent } | { readonly rejection: Rejection } {
  try {
    return { event: checkEvent(event, now) };
  } catch (error) {
    return { rejection: toRejection(error) };
  }
}
