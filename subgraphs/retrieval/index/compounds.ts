import { STOP_WORDS } from './lexicon.ts';
import { stem } from './stem.ts';
import { heldWords, isTerm, lettersOf, termsOf, writtenWords } from './written-words.ts';
import type { WrittenWord } from './written-words.ts';

/** Words beside each other that others may write as one ("sun glasses", "back-pack"), and what they are then. */
export interface Compound extends WrittenWord {
  readonly parts: readonly string[];
}

/** Those of a query or, to show them there, of an item. */
export function compoundsAsked(words: string): readonly Compound[] {
  const held = heldWords(words)
    .filter(({ term }) => !STOP_WORDS.has(term))
    .map((word) => ({ ...word, parts: termsOf(words.slice(word.from, word.to)) }));
  const written = writtenWords(words);
  const beside = written.slice(1).flatMap((second, at): readonly Compound[] => {
    const first = written[at];
    if (!first || !/^\s*$/u.test(words.slice(first.to, second.from))) return [];
    const parts = [first.term, second.term];
    if (parts.some((part) => STOP_WORDS.has(part))) return [];
    const one = [first, second].map(({ from, to }) => lettersOf(words.slice(from, to))).join('');
    return isTerm(one) && /\p{L}/u.test(one) ? [{ term: stem(one), from: first.from, to: second.to, parts }] : [];
  });
  return [...held, ...beside];
}

/** Whether it is a measure whose digits by themselves say nothing of it: who asks for 1.5 l is not shown what there is 1 of. */
export function isDecimal(term: string): boolean {
  return /\d\.\d/.test(term);
}

export type Pair = readonly [string, string];

/** Of pairs with how many items have both words, that which most have; undefined where none has both. */
export function commonestPair(having: readonly (readonly [Pair, number])[]): Pair | undefined {
  const [most] = having.filter(([, items]) => items > 0).toSorted(([, a], [, b]) => b - a);
  return most?.[0];
}

/**
 * Whether two words are one that items hold together: of those that have it as one, at least half have both of them, too, as where a hyphen
 * stands between. A carpet is in few items with a car and a pet.
 */
export function isHeld(asOne: number, withBoth: number): boolean {
  return withBoth > 0 && 2 * withBoth >= asOne;
}

/** The ways to part a word in two words that say something. */
export function partings(word: string): readonly Pair[] {
  return Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, at) => [word.slice(0, at + 1), word.slice(at + 1)] as const,
  ).filter((pair) => !pair.some((part) => STOP_WORDS.has(stem(part))));
}
