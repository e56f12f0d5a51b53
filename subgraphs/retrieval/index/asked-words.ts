import { covering, together } from './asked-piece.ts';
import type { Piece, Span } from './asked-piece.ts';
import { compoundsAsked, isDecimal } from './compounds.ts';
import type { Pair } from './compounds.ts';
import { queryTerms, wayOf } from './lexicon.ts';
import type { SlipForms, Slips, SoughtTerm, Way } from './lexicon.ts';
import { stem } from './stem.ts';
import type { SynonymRule } from './synonym-rules.ts';
import type { Synonyms } from './synonyms.ts';
import { foldedWords, writtenWords } from './written-words.ts';

/** What an index knows of the terms of a query. */
export interface KnownTerms {
  readonly has: (term: string) => boolean;
  /** Whether some item has all of the terms. */
  readonly hasAll: (terms: readonly string[]) => boolean;
  /** How rare a term is. */
  readonly idf: (term: string) => number;
  /** What stands in, likeliest first, for a term that no item has, beside those of the query that items have; for two slips, in long words. */
  readonly standIns: (term: string, beside: readonly string[], slips: Slips) => readonly SoughtTerm[];
  /** The two words, as they were written, that a term runs together: of those that some item has both, the most common pair. */
  readonly parted: (term: string) => Pair | undefined;
  /** The two words that a term that items have is where items hold them together ("Flip-Flops"), as they were written in it. */
  readonly held: (term: string) => Pair | undefined;
}

/** What is looked for. */
export interface AskedWords {
  readonly sought: Way;
  /** The terms whose inverse document frequencies are what a perfect match would count. */
  readonly counted: readonly string[];
  /** By term that no item has, what is looked for instead, likeliest first: terms, or two words parted by a space. */
  readonly standIns: ReadonlyMap<string, readonly string[]>;
  /** The terms that no item has and nothing stands in for. */
  readonly unread: readonly string[];
}

/**
 * A text with more unknown words than these is in another language, or no words at all: nothing stands in for any of them. What is near
 * to one is looked for among all terms, and how it may be parted is as many questions as it has letters.
 */
export const MOST_MENDED = 10;

/** Of so many words each may be one that items part, or have two slips; a longer text finds enough without. */
export const MOST_PARTED = 10;

const NOTHING_NEAR = { standIns: () => [], parted: () => undefined } as const;

/** What the words of a query ask for, once the index has said what it knows of them. */
export function askedWords(words: string, known: KnownTerms, synonyms: Synonyms): AskedWords {
  const asked = queryTerms(words);
  const held = heldParts(asked, known);
  const rules = synonyms.matches(words).flatMap((rule) => knownRule(rule, held, known));
  const joins = [...heldTogether(held), ...knownCompounds(words, { asked, held, rules }, known)];
  const [ruled, joined] = [termsIn(rules), termsIn(joins)];
  const unknown = asked.filter((term) => !known.has(term) && !joined.has(term));
  const misspelt = new Set(unknown.filter((term) => !ruled.has(term)));
  const isRead = misspelt.size <= MOST_MENDED;
  const asking = isRead ? known : { ...known, ...NOTHING_NEAR };
  const slips = slipsIn(asked);
  const bound = boundPieces(words);
  const beside = asked.filter(known.has);
  const readings = asked.flatMap((term) => {
    if (misspelt.has(term)) return [read(term, { ...asking, slips, beside, pieces: bound.get(term) })];
    return unknown.includes(term) ? [] : (held.get(term) ?? [term]).map((part) => asWritten(part, [part]));
  });
  const distinct = [...new Map(readings.map((piece) => [piece.asked.join(' '), piece])).values()];
  const spans = [...rules, ...joins].toSorted((a, b) => a.parts.length - b.parts.length);
  const { way, counted } = together(
    spans.reduce<readonly Piece[]>((pieces, span) => covering(span, pieces, known), distinct),
  );
  return {
    sought: way,
    counted,
    standIns: new Map(readings.flatMap(({ asked: [term = ''], instead }) => (instead ? [[term, instead]] : []))),
    unread: isRead ? [...misspelt].filter((term) => readings.some((piece) => isUnread(piece, term, known))) : [],
  };
}

/** How many are looked for in a word of a query of these terms. */
export function slipsIn(asked: readonly string[]): Slips {
  return asked.length > MOST_PARTED ? 1 : 2;
}

/** In what a slip may be found that only rules can mend. */
export function unreadForms({ unread }: AskedWords, forms: SlipForms): SlipForms {
  return new Map([...forms].filter(([term, its]) => unread.includes(term) && its.length > 0));
}

function termsIn(spans: readonly Span[]): ReadonlySet<string> {
  return new Set(spans.flatMap(({ parts }) => parts));
}

function asWritten(term: string, terms: readonly string[], instead?: string): Piece {
  return { asked: [term], way: wayOf(terms), counted: terms, ...(instead !== undefined && { instead: [instead] }) };
}

/** By term, the two that items hold together in it. */
type HeldParts = ReadonlyMap<string, readonly string[]>;

function heldParts(asked: readonly string[], { has, held }: KnownTerms): HeldParts {
  if (asked.length > MOST_PARTED) return new Map();
  return new Map(
    asked.filter(has).flatMap((term) => {
      const pair = held(term);
      return pair ? [[term, [...new Set(pair.map(stem))]] as const] : [];
    }),
  );
}

/** Who asks for "flipflops" is shown what "flip flops" finds, and as it ranks there. */
function heldTogether(held: HeldParts): readonly Span[] {
  const taken = new Set<string>();
  return [...held].flatMap(([term, all]) => {
    const parts = all.filter((part) => !taken.has(part));
    for (const part of parts) taken.add(part);
    return parts.length > 0 ? [{ parts, kept: true, others: [[term]], complete: true }] : [];
  });
}

interface Unread {
  /** How many are looked for at most. */
  readonly slips: Slips;
  readonly beside: readonly string[];
  readonly pieces?: readonly string[];
}

/** A slip of the keyboard is likelier than a space left out, and that than two slips. */
function read(term: string, { slips, beside, pieces, ...known }: KnownTerms & Unread): Piece {
  const near = meant(term, known.standIns(term, beside, 1));
  if (near) return near;
  if (pieces) return asWritten(term, pieces);
  const pair = known.parted(term);
  if (pair) return asWritten(term, pair.map(stem), pair.join(' '));
  return (slips === 2 && meant(term, known.standIns(term, beside, 2))) || asWritten(term, [term]);
}

function meant(term: string, near: readonly SoughtTerm[]): Piece | undefined {
  const [likeliest] = near;
  if (!likeliest) return undefined;
  const way = { terms: near, senses: [] };
  return { asked: [term], way, counted: [likeliest.term], instead: near.map((other) => other.term) };
}

function isUnread({ asked, counted, instead }: Piece, term: string, { has }: KnownTerms): boolean {
  return asked.includes(term) && !instead && !counted.some(has);
}

/** By term, the words of what a hyphen holds to a letter, which items may part ("V neck"). */
function boundPieces(words: string): ReadonlyMap<string, readonly string[]> {
  const written = writtenWords(words).map(
    ({ term, from, to }) => [term, foldedWords(words.slice(from, to)).map(stem)] as const,
  );
  return new Map(written.filter(([, pieces]) => pieces.length > 1));
}

/** None where its synonyms are in no item: then the words are read as if there were no rule. */
function knownRule(
  { terms, kept, synonyms }: SynonymRule,
  held: HeldParts,
  { has, hasAll }: KnownTerms,
): readonly Span[] {
  const others = synonyms.filter(hasAll);
  const parts = [...new Set(terms.flatMap((term) => held.get(term) ?? [term]))];
  return others.length > 0 ? [{ parts, kept, others, complete: kept && terms.every(has) }] : [];
}

interface Asked {
  readonly asked: readonly string[];
  readonly held: HeldParts;
  readonly rules: readonly Span[];
}

/** Those that some item has, and that rules leave; no word is part of two. An item that writes the words as one has all of them. */
function knownCompounds(words: string, { asked, held, rules }: Asked, known: KnownTerms): readonly Span[] {
  const taken = new Set([...held].flat(2));
  return compoundsAsked(words).flatMap(({ term, parts: all }): readonly Span[] => {
    const parts = [...new Set(all)].filter((part) => asked.includes(part));
    if (!known.has(term) || asked.includes(term) || parts.length === 0) return [];
    if (parts.some((part) => taken.has(part)) || !rules.every((rule) => leaves(rule, parts))) return [];
    for (const part of parts) taken.add(part);
    const kept = !isDecimal(term);
    return [{ parts, kept, others: [[term]], complete: kept }];
  });
}

/** A rule about a shirt leaves the T-shirt, and one about a case for sun glasses leaves the sunglasses; what it replaces it does not leave. */
function leaves({ parts, kept }: Span, others: readonly string[]): boolean {
  const shared = others.filter((part) => parts.includes(part)).length;
  if (shared === 0) return true;
  return shared === others.length ? kept : shared === parts.length;
}
