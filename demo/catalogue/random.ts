import { seeded } from '../../src/runtime/seeded.ts';

/** A source of chance that gives the same numbers for the same seed, on every machine. */
export interface Random {
  /** From 0 up to, never reaching, 1. */
  next(): number;
  between(low: number, high: number): number;
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** A new order of the same things. */
  shuffle<T>(things: readonly T[]): readonly T[];
}

/** Seeded by a number or by the text of a name. */
export function seededRandom(seed: number | string): Random {
  const next = seeded(typeof seed === 'number' ? seed : hash(seed));
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    chance: (probability) => next() < probability,
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    shuffle: (things) =>
      things
        .map((thing) => ({ thing, order: next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ thing }) => thing),
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return state >>> 0;
}
