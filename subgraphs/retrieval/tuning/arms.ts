import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';
import { priorsOf } from './tuned-profile.ts';

/** A way of ranking that is asked for at the front door. */
export interface Arm {
  readonly name: string;
  /** The profile as it is where there are none. */
  readonly weights?: BySignal<number>;
}

export const AS_IT_IS = 'what you have';
export const TUNED = 'tuned';

const ALONE: Readonly<Record<Signal, string>> = {
  LEXICAL: 'BM25 alone',
  TEXT: 'meaning alone',
  IMAGE: 'looks alone',
  ITEM: 'item vector alone',
};

/** What is compared: each signal alone, all in equal parts, the profile as it is, and the tuned one. Boosts and cut-off are the profile's in all. */
export function armsOf(present: readonly Signal[], tuned: RankingProfile): readonly Arm[] {
  return [
    ...present.map((signal) => ({ name: ALONE[signal], weights: { [signal]: 1 } })),
    { name: 'equal parts', weights: Object.fromEntries(present.map((signal) => [signal, 1])) },
    { name: AS_IT_IS },
    { name: TUNED, weights: priorsOf(tuned, present) },
  ];
}
