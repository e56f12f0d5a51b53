import { fold, isPlain } from './fold.ts';
import { stem } from './stem.ts';
import { wordsWithoutSpaces } from './unspaced-words.ts';
import type { FoldedWord } from './unspaced-words.ts';

/**
 * How texts are read as words: one reading for items and queries and for every adapter, so that scores agree. A term is a word
 * folded to lower case without accents, with its English plural taken off. A letter that a hyphen holds to a word is part of it:
 * a T-shirt is a tshirt and no shirt. Where a script writes no spaces, words are found by a dictionary.
 */

/** Longer words are hashes and addresses. */
const LONGEST_TERM = 40;

const BOUND_LETTER = String.raw`(?:(?<![\p{L}\p{N}\p{Pd}])(?!a)\p{L}\p{Pd}(?=[\p{L}\p{N}]))?`;
const WORD = new RegExp(String.raw`${BOUND_LETTER}[\p{L}\p{N}][\p{L}\p{N}\p{M}]*`, 'gu');
const PIECE = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const HOLDING = /[\p{Pd}'&·\s]|(?<!\d)\.|\.(?!\d)/gu;
/** 1,5 l is 1.5 l, and neither is 15 l. */
const DECIMAL_COMMA = /(?<=\d),(?=\d)/g;

/** What is one word as well as several. */
const HELD = heldBy(
  // Spider-Man, Levi's, H&M, WALL·E
  String.raw`[\p{L}\p{N}]+(?:[\p{Pd}'&·][\p{L}\p{N}]+)+`,
  // U.S.
  String.raw`\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])`,
  // 60 x 120
  String.raw`\d+(?:\s?x\s?\d+)+`,
  // 500 ml, 1.5 l
  String.raw`\d+(?:[.,]\d+)?\s?(?:[mcdk]?m|[mcd]?l|m?g|kg|oz|lbs?|ft|k?w|v|m?ah|[mgt]b|k?hz)(?![\p{L}\p{N}])`,
);

function heldBy(...ways: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}]|\p{N}[.,/⁄])(?:${ways.join('|')})`, 'gu');
}

/** The terms of a text, in order, repeats kept. */
export function termsOf(text: string): readonly string[] {
  return matches(withoutPossessives(fold(text)), WORD)
    .map(({ word }) => asOne(word))
    .filter(isTerm)
    .map(stem);
}

/** The pieces between all that is no letter and no digit, in lower case without accents, plurals kept: what suggestions are asked by. */
export function foldedWords(text: string): readonly string[] {
  return matches(withoutPossessives(fold(text)), PIECE).map(({ word }) => word);
}

/** The words that a phrase is suggested by: its pieces, and what is held together as one ("T-shirt": t, shirt, tshirt). */
export function phraseWords(text: string): ReadonlySet<string> {
  const folded = fold(text);
  const held = (folded.match(HELD) ?? []).map(asOne).filter((word) => isTerm(word) && /\p{L}/u.test(word));
  return new Set([...foldedWords(folded), ...held]);
}

/** A word of a text as it is written there, from one place to before the other, and what it is read as. */
export interface WrittenWord {
  readonly term: string;
  readonly from: number;
  readonly to: number;
}

/** The words that `termsOf` reads, with their places in the text. */
export function writtenWords(text: string): readonly WrittenWord[] {
  return placed(text, matches(withoutPossessives(fold(text)), WORD));
}

/**
 * What is held together, read as one word where that is not among its own terms ("Spider-Man": spiderman, "L'Oréal": loreal, "U.S.": us,
 * "60 x 120 cm": 60x120, but nothing for "men's"): it is asked for either way.
 */
export function heldWords(text: string): readonly WrittenWord[] {
  const held = placed(
    text,
    Array.from(fold(text).matchAll(HELD), ({ 0: word, index }) => ({ word, index })),
  );
  return held.filter(({ term, from, to }) => /\p{L}/u.test(term) && !termsOf(text.slice(from, to)).includes(term));
}

function matches(folded: string, words: RegExp): readonly FoldedWord[] {
  const found = Array.from(folded.matchAll(words), ({ 0: word, index }) => ({ word, index }));
  return isPlain(folded) ? found : found.flatMap(wordsWithoutSpaces);
}

function placed(text: string, words: readonly FoldedWord[]): readonly WrittenWord[] {
  const found = words.filter(({ word }) => isTerm(asOne(word)));
  if (found.length === 0) return [];
  const placeOf = isPlain(text) ? (at: number) => at : placesIn(text);
  return found.map(({ word, index }) => ({
    term: stem(asOne(word)),
    from: placeOf(index),
    to: placeOf(index + word.length, 'BEHIND'),
  }));
}

function asOne(word: string): string {
  return word.replaceAll(DECIMAL_COMMA, '.').replaceAll(HOLDING, '');
}

/** The letters of a written word, folded, its plural kept. */
export function lettersOf(word: string): string {
  return asOne(fold(word));
}

export function isTerm(word: string): boolean {
  return word.length <= LONGEST_TERM;
}

/** With the 's of "men's" gone and every other letter in its place. */
function withoutPossessives(folded: string): string {
  return folded.replaceAll(/(\p{L})'s\b/gu, '$1  ');
}

/** Where in a text a place of its folding comes from. A letter may be folded to several words (½): what ends within it ends behind it. */
function placesIn(text: string): (at: number, side?: 'BEHIND') => number {
  const places: number[] = [];
  let at = 0;
  for (const [letter] of text.matchAll(LETTER)) {
    const units = letter < '\u0080' ? 1 : fold(letter).length;
    for (let unit = 0; unit < units; unit++) places.push(at);
    at += letter.length;
  }
  return (unit, side) => {
    let end = unit;
    while (side === 'BEHIND' && end < places.length && places[end] === places[end - 1]) end++;
    return places[end] ?? text.length;
  };
}

/** A letter with the marks on it, which are folded together. */
const LETTER = /\P{M}[\p{M}\uff9e\uff9f]*|\p{M}/gsu;
