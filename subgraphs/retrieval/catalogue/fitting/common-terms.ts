import { termsOf } from '../../index/written-words.ts';

/** A word that fewer texts have is met too seldom to be learned. */
const FEWEST_TEXTS = 5;

/** What single words are learned by. */
export interface CommonTerms {
  /** The most common first. */
  readonly terms: readonly string[];
  /** How many of the texts have each, in the order of `terms`. */
  readonly counts: readonly number[];
  /** Of each text its common terms, each once, as places in `terms`. */
  readonly byText: readonly (readonly number[])[];
}

/** At most so many terms. */
export function commonTerms(texts: readonly string[], most: number): CommonTerms {
  const said = texts.map((text) => [...new Set(termsOf(text))]);
  const counts = new Map<string, number>();
  for (const term of said.flat()) counts.set(term, (counts.get(term) ?? 0) + 1);
  const common = [...counts]
    .filter(([, count]) => count >= FEWEST_TEXTS)
    .sort(([a, as], [b, bs]) => bs - as || (a < b ? -1 : 1))
    .slice(0, most);
  const places = new Map(common.map(([term], place) => [term, place]));
  return {
    terms: common.map(([term]) => term),
    counts: common.map(([, count]) => count),
    byText: said.map((own) => own.flatMap((term) => places.get(term) ?? [])),
  };
}
