import { soughtTerms } from './lexicon.ts';
import type { Way } from './lexicon.ts';

/** How some terms of a query are read. */
export interface Piece {
  /** The terms. */
  readonly asked: readonly string[];
  readonly way: Way;
  /** The terms whose inverse document frequencies are what it counts at most. */
  readonly counted: readonly string[];
  /** What is looked for instead of a term that no item has. */
  readonly instead?: readonly string[];
}

/** Terms of a query that items may say in other words, each as good as they are. */
export interface Span {
  readonly parts: readonly string[];
  /** Whether they are looked for as they were asked, too. */
  readonly kept: boolean;
  /** Each the terms of another way to say them, which some item has all of. */
  readonly others: readonly (readonly string[])[];
  /** Whether what the parts count together is what the others count. */
  readonly complete: boolean;
}

interface Rarity {
  readonly idf: (term: string) => number;
}

/** The pieces with those that a span covers made one. */
export function covering(span: Span, pieces: readonly Piece[], known: Rarity): readonly Piece[] {
  const isInside = ({ asked }: Piece): boolean => asked.every((term) => span.parts.includes(term));
  const own = { asked: span.parts, ...together(span.kept ? pieces.filter(isInside) : []) };
  const worth = span.complete ? own : { ...own, counted: heavier(own.counted, span.others, known) };
  return [...pieces.filter((piece) => !isInside(piece)), choiceOf(worth, span.others, known)];
}

/** A piece that items may say in other ways, too: whichever way an item says it, it counts as much as what was asked for. */
function choiceOf({ asked, way, counted }: Piece, others: Span['others'], known: Rarity): Piece {
  const said = others.map((terms) => {
    const weight = rarityOf(counted, known) / rarityOf(terms, known);
    return { terms: terms.map((term) => ({ term, weight })), senses: [], ...(terms.length > 1 && { whole: true }) };
  });
  const ways: readonly Way[] = way.terms.length + way.senses.length > 0 ? [way, ...said] : said;
  const [only] = ways;
  const isPlain = only !== undefined && ways.length === 1 && !only.whole;
  return { asked, way: isPlain ? only : { terms: [], senses: [ways] }, counted };
}

/** Words of which no item has some are no measure: then they count as what is said most often for them, or what the others of them count. */
function heavier(own: readonly string[], others: Span['others'], known: Rarity): readonly string[] {
  const [commonest = []] = others.toSorted((a, b) => rarityOf(a, known) - rarityOf(b, known));
  return rarityOf(own, known) > rarityOf(commonest, known) ? own : commonest;
}

function rarityOf(terms: readonly string[], { idf }: Rarity): number {
  return terms.reduce((sum, term) => sum + idf(term), 0);
}

/** Pieces that add up: a term that several of them ask for is looked for, and counts, once. */
export function together(pieces: readonly Piece[]): Pick<Piece, 'way' | 'counted'> {
  const plain = pieces.filter(({ way }) => way.senses.length === 0);
  const choices = pieces.filter(({ way }) => way.senses.length > 0);
  return {
    way: {
      terms: soughtTerms(pieces.map(({ way }) => way.terms)),
      senses: pieces.flatMap(({ way }) => way.senses),
    },
    counted: [...new Set(plain.flatMap(({ counted }) => counted)), ...choices.flatMap(({ counted }) => counted)],
  };
}
