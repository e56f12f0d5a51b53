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
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new DeadlineExceeded());
  }, remaining(deadline)).unref();
  try {
    return await Promise.race([underDeadline(deadline, () => work(stop.signal)), late.promise]);
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    clearTimeout(timer);
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
