import type { BySignal } from './signal.ts';
import type { Vector } from './vector.ts';

/** What one query showed, from the query log: every hit of the window with the normalised score of each signal. */
export interface ShownWindow {
  readonly queryId: string;
  readonly generation: string;
  readonly hits: readonly ShownHit[];
}

export interface ShownHit {
  readonly itemId: string;
  /** From 1. */
  readonly position: number;
  /** Normalised, 0 to 1; a signal that the query did not have is absent. */
  readonly scores: BySignal<number>;
}

/** The vectors of one item in the serving generation; `image` is null for an item without a picture. */
export interface ItemVectors {
  readonly id: string;
  readonly text: Vector;
  readonly image: Vector | null;
}
