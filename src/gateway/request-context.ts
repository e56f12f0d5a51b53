import type { BaseContext } from '@apollo/server';
import type { Deadline } from '../vocabulary/deadline.ts';
import type { Caller } from './access/access.ts';

/** What goes with one operation through the graph and its plugins. */
export interface RequestContext extends BaseContext {
  /** When the whole answer is due. */
  readonly deadline: Deadline;
  readonly caller: Caller;
  /** Aborted where the asker goes before the answer is there. */
  readonly gone?: AbortSignal;
}
