import { compoundsAsked, isDecimal } from '../index/compounds.ts';
import { queryTerms } from '../index/lexicon.ts';
import type { Synonyms } from '../index/synonyms.ts';

/** What items may say where they say what was asked for. */
export interface SoughtWords {
  /** Terms that count each by itself. */
  readonly terms: ReadonlySet<string>;
  /** What words beside each other are where a text writes them as one. */
  readonly compounds: ReadonlySet<string>;
  /** Terms that count where a text has all of them. */
  readonly together: readonly (readonly string[])[];
}

/** `words`: with slips mended, as they were ranked. */
export function soughtWords(words: string, synonyms: Synonyms): SoughtWords {
  const said = synonyms.matches(words).flatMap((rule) => rule.synonyms);
  const single = said.filter(({ length }) => length === 1).flat();
  const compounds = compoundsAsked(words);
  const decimals = compounds.filter(({ term }) => isDecimal(term));
  const digits = new Set(decimals.flatMap(({ parts }) => parts));
  const asked = [...queryTerms(words).filter((term) => !digits.has(term)), ...decimals.map(({ term }) => term)];
  return {
    terms: new Set([...asked, ...single]),
    compounds: new Set(compounds.map(({ term }) => term)),
    together: said.filter(({ length }) => length > 1),
  };
}
