import type { BySignal } from '../../../src/vocabulary/signal.ts';

/** One signal of one hit: what was measured, what it means, what it brought. */
export interface SignalScore {
  readonly raw: number | null;
  readonly normalised: number;
  readonly weight: number;
  /** Its part of the score; with the boosts the parts sum to the score. */
  readonly contribution: number;
  /** From 1, by this signal alone, among the candidates; null where it was imputed or did not match. */
  readonly rank: number | null;
  readonly imputed: boolean;
}

/** An item at its place in a window. */
export interface Hit {
  readonly id: string;
  /** 0 to 1. */
  readonly score: number;
  readonly signals: BySignal<SignalScore>;
  /** What the business boosts and the rules of the shop changed of the score. */
  readonly boost: number;
  /** The words of the query are its id, and therefore it stands first, or beside what has them as words. */
  readonly named?: 'FIRST' | 'BESIDE';
  /** The key of the shop's rule for which it stands first, whatever its score. */
  readonly pinnedBy?: string;
}

/** Above every score. */
const NAMED = 2;

/** What hits are ordered by: an item that is named stands above all that are only like what was asked, whatever the weights. */
export function relevanceOf({ score, named }: Hit): number {
  return named === 'FIRST' ? NAMED + score : score;
}
