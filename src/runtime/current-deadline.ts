import { AsyncLocalStorage } from 'node:async_hooks';
import type { Deadline } from '../vocabulary/deadline.ts';

/**
 * The deadline of the request that is being answered, for what asks outsiders deep below it: passing it through every call would
 * give each noun in between a word that is not its own.
 */
const deadlines = new AsyncLocalStorage<Deadline | undefined>();

/** Does work for which nothing may be awaited longer than until the deadline. */
export function underDeadline<T>(deadline: Deadline, work: () => T): T {
  return deadlines.run(deadline, work);
}

/** Does work that a request set off and nobody waits for: it may go on when that request is answered. */
export function withoutDeadline<T>(work: () => T): T {
  return deadlines.run(undefined, work);
}

/** Undefined where nobody waits, as in indexing. */
export function currentDeadline(): Deadline | undefined {
  return deadlines.getStore();
}
