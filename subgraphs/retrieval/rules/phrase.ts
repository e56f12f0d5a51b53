import { tellingTerms } from '../index/lexicon.ts';

/** Words as they are compared: without case, accents, plurals, and words such as "the". */
export interface Phrase {
  readonly written: string;
  /** One after another, a space around each. */
  readonly terms: string;
}

export function readPhrase(written: string): Phrase {
  return { written, terms: ` ${tellingTerms(written).join(' ')} ` };
}

/** Whether the words are those of a phrase, or with `anywhere` have them among others, one after another. */
export function asks(words: Phrase, { terms }: Phrase, anywhere: boolean): boolean {
  return anywhere ? words.terms.includes(terms) : words.terms === terms;
}
