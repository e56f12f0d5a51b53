import { setTimeout as sleep } from 'node:timers/promises';
import { nearer, remaining } from '../vocabulary/deadline.ts';
import type { Deadline } from '../vocabulary/deadline.ts';
import { currentDeadline, underDeadline } from './current-deadline.ts';

/** What was waited for was not there in time. */
export class DeadlineExceeded extends Error {
  constructor() {
    super('the deadline passed');
    this.name = 'DeadlineExceeded';
  }
}

/** What the work comes to, or DeadlineExceeded once the time is up; what comes later is dropped. What it asks in turn knows the deadline. */
export async function withinDeadline<T>(deadline: Deadline, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = sleep(remaining(deadline), undefined, { signal: stop.signal, ref: false }).then(() => {
    throw new DeadlineExceeded();
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([underDeadline(deadline, () => work(stop.signal)), late]);
  } finally {
    stop.abort();
  }
}

/**
 * As withinDeadline, with a share of the time that the current request has left, so that the rest remains for what comes after;
 * where nobody waits, as long as it takes.
 */
export async function withinShare<T>(share: number, work: () => Promise<T>): Promise<T> {
  const whole = currentDeadline();
  return whole ? withinDeadline(nearer(whole, share * remaining(whole)), work) : work();
}
