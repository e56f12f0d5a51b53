import { termsOf } from '../../index/written-words.ts';

/** A word that fewer texts have is met too seldom to be learned. */
const FEWEST_TEXTS = 5;
/** 256 numbers each are kept with the generation: 4 MB of them at most. */
const MOST_TERMS = 4000;

/** What a recipe learns single words by. */
export interface CommonTerms {
  /** The most common first. */
  readonly terms: readonly string[];
  /** Of each text its common terms, each once, as places in `terms`. */
  readonly byText: readonly (readonly number[])[];
}

export function commonTerms(texts: readonly string[]): CommonTerms {
  const said = texts.map((text) => [...new Set(termsOf(text))]);
  const counts = new Map<string, number>();
  for (const term of said.flat()) counts.set(term, (counts.get(term) ?? 0) + 1);
  const terms = [...counts]
    .filter(([, count]) => count >= FEWEST_TEXTS)
    .sort(([a, as], [b, bs]) => bs - as || (a < b ? -1 : 1))
    .slice(0, MOST_TERMS)
    .map(([term]) => term);
  const places = new Map(terms.map((term, place) => [term, place]));
  return { terms, byText: said.map((own) => own.flatMap((term) => places.get(term) ?? [])) };
}
