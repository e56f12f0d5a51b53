import { queryTerms, soughtTerms, STOP_WORDS } from './lexicon.ts';
import type { SoughtTerm } from './lexicon.ts';
import { stem } from './stem.ts';
import { foldedWords, heldWords, isTerm, lettersOf, termsOf, writtenWords } from './written-words.ts';

/** What an index knows of the terms of a query. */
export interface KnownTerms {
  readonly has: (term: string) => boolean;
  /** How rare a term is. */
  readonly idf: (term: string) => number;
  /** What stands in for a term that no item has, likeliest first. */
  readonly standIns: (term: string) => readonly SoughtTerm[];
  /** The two words, as they were written, that a term runs together: of those that some item has both, the most common pair. */
  readonly parted: (term: string) => Pair | undefined;
  /** The two words that a term that items have is where items hold them together ("Flip-Flops"), as they were written in it. */
  readonly held: (term: string) => Pair | undefined;
}

/** What is looked for. */
export interface AskedWords {
  readonly sought: readonly SoughtTerm[];
  /** The terms whose inverse document frequencies are what a perfect match would count. */
  readonly counted: readonly string[];
  /** By term that no item has, what is looked for instead, likeliest first: terms, or two words parted by a space. */
  readonly standIns: ReadonlyMap<string, readonly string[]>;
}

/**
 * A text with more unknown words than these is in another language, or no words at all: nothing stands in for any of them. What is near
 * to one is looked for among all terms, and how it may be parted is as many questions as it has letters.
 */
export const MOST_MENDED = 10;

/** Of so many words each may be one that items part; a longer text finds enough without. */
export const MOST_PARTED = 10;

const NOTHING_NEAR = { standIns: () => [], parted: () => undefined } as const;

/** What the words of a query ask for, once the index has said what it knows of them. */
export function askedWords(words: string, known: KnownTerms): AskedWords {
  const asked = queryTerms(words);
  const joins = knownCompounds(words, asked, known);
  const joined = new Set(joins.flatMap(({ parts }) => parts));
  const unknown = new Set(asked.filter((term) => !known.has(term) && !joined.has(term)));
  const asking = unknown.size > MOST_MENDED ? { ...known, ...NOTHING_NEAR } : known;
  const bound = boundPieces(words);
  const readings = asked.map((term) =>
    unknown.has(term) ? read(term, { ...asking, pieces: bound.get(term) }) : readKnown(term, heldBy(asked, known)),
  );
  const sought = soughtTerms(readings.map((reading) => reading.sought));
  const besides = [...joins, ...readings.flatMap(({ join }) => join ?? [])].filter((join) =>
    sought.every(({ term }) => term !== join.term),
  );
  return {
    sought: [...sought, ...besides.map((join) => weighed(join, known))],
    counted: readings.flatMap(({ counted }) => counted),
    standIns: new Map(readings.flatMap(({ instead }, at) => (instead ? [[asked[at] ?? '', instead] as const] : []))),
  };
}

interface Reading {
  readonly sought: readonly SoughtTerm[];
  readonly counted: readonly string[];
  readonly instead?: readonly string[];
  /** What the terms are as one, which is looked for beside them. */
  readonly join?: Compound;
}

function asWritten(terms: readonly string[], instead?: string): Reading {
  const sought = terms.map((term) => ({ term, weight: 1 }));
  return { sought, counted: terms, ...(instead !== undefined && { instead: [instead] }) };
}

/** Who asks for "flipflops" is shown what "flip flops" finds, and as it ranks there. */
function readKnown(term: string, held: KnownTerms['held']): Reading {
  const parts = held(term)?.map(stem);
  return parts ? { ...asWritten(parts), join: { term, parts: [...new Set(parts)] } } : asWritten([term]);
}

function heldBy(asked: readonly string[], { held }: KnownTerms): KnownTerms['held'] {
  return asked.length > MOST_PARTED ? () => undefined : held;
}

/** A slip of the keyboard is likelier than a space left out. */
function read(term: string, { pieces, ...known }: KnownTerms & { readonly pieces?: readonly string[] }): Reading {
  const near = known.standIns(term);
  const [likeliest] = near;
  if (likeliest) return { sought: near, counted: [likeliest.term], instead: near.map((other) => other.term) };
  if (pieces) return asWritten(pieces);
  const pair = known.parted(term);
  return pair ? asWritten(pair.map(stem), pair.join(' ')) : asWritten([term]);
}

/** By term, the words of what a hyphen holds to a letter, which items may part ("V neck"). */
function boundPieces(words: string): ReadonlyMap<string, readonly string[]> {
  const written = writtenWords(words).map(
    ({ term, from, to }) => [term, foldedWords(words.slice(from, to)).map(stem)] as const,
  );
  return new Map(written.filter(([, pieces]) => pieces.length > 1));
}

/** Words beside each other that items may write as one ("sun glasses", "back-pack"), and what they are then. */
export interface Compound {
  readonly term: string;
  readonly parts: readonly string[];
}

export function compoundsAsked(words: string): readonly Compound[] {
  const held = heldWords(words).map(({ term, from, to }) => ({ term, parts: termsOf(words.slice(from, to)) }));
  const written = writtenWords(words);
  const beside = written.slice(1).flatMap((second, at): readonly Compound[] => {
    const first = written[at];
    if (!first || !/^\s+$/u.test(words.slice(first.to, second.from))) return [];
    const parts = [first.term, second.term];
    if (parts.some((part) => STOP_WORDS.has(part))) return [];
    const one = [first, second].map(({ from, to }) => lettersOf(words.slice(from, to))).join('');
    return isTerm(one) && /\p{L}/u.test(one) ? [{ term: stem(one), parts }] : [];
  });
  return [...held, ...beside];
}

/** Those that some item has; no word is part of two. */
function knownCompounds(words: string, asked: readonly string[], known: KnownTerms): readonly Compound[] {
  const taken = new Set<string>();
  return compoundsAsked(words).flatMap(({ term, parts }): readonly Compound[] => {
    const telling = [...new Set(parts)].filter((part) => asked.includes(part));
    if (!known.has(term) || asked.includes(term) || telling.length === 0) return [];
    if (telling.some((part) => taken.has(part))) return [];
    for (const part of telling) taken.add(part);
    return [{ term, parts: telling }];
  });
}

/** An item that writes the words as one has all of them: it counts as much as they do together. */
function weighed({ term, parts }: Compound, { idf }: KnownTerms): SoughtTerm {
  return { term, parts, weight: parts.reduce((sum, part) => sum + idf(part), 0) / idf(term) };
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
