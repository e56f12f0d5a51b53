/** A point in time, in epoch milliseconds, that is passed on from caller to callee: what is late is worth nothing. */
export interface Deadline {
  readonly at: number;
}

export function deadlineIn(milliseconds: number, now = Date.now()): Deadline {
  return { at: now + milliseconds };
}

export function remaining(deadline: Deadline, now = Date.now()): number {
  return Math.max(0, deadline.at - now);
}

/** So many milliseconds from now, or the deadline where that is nearer. */
export function nearer(deadline: Deadline | undefined, milliseconds: number, now = Date.now()): Deadline {
  return { at: Math.min(deadline?.at ?? Infinity, now + milliseconds) };
}
