/**
 * A signal is one kind of evidence that an item answers a query: its words, the meaning of its text, its looks, and `ITEM`, one
 * vector that was trained on both. The list is open: a new signal is added here.
 */
export const SIGNALS = ['LEXICAL', 'TEXT', 'IMAGE', 'ITEM'] as const;

export type Signal = (typeof SIGNALS)[number];

/** A partial map by signal; what is absent has no opinion. */
export type BySignal<T> = Readonly<Partial<Record<Signal, T>>>;

export function isSignal(value: unknown): value is Signal {
  return SIGNALS.includes(value as Signal);
}

/** The signals that have something in a map. */
export function signalsOf(found: BySignal<unknown>): ReadonlySet<Signal> {
  return new Set(SIGNALS.filter((signal) => found[signal] !== undefined));
}
