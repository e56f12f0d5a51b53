import { tellingTerms } from './lexicon.ts';
import type { SynonymRule } from './synonym-rules.ts';

/** So many rules may be about one query, those that come first: each of their synonyms is looked for by itself. */
export const MOST_MATCHES = 10;

/** What a shop says that words mean, beside themselves. */
export class Synonyms {
  /** By the first term of their left sides, the longest first. */
  readonly #byFirst: ReadonlyMap<string, readonly SynonymRule[]>;

  constructor(rules: readonly SynonymRule[]) {
    const byFirst = Map.groupBy(rules, ({ terms: [first = ''] }) => first);
    this.#byFirst = new Map(
      [...byFirst].map(([first, its]) => [first, its.toSorted((a, b) => b.terms.length - a.terms.length)]),
    );
  }

  /** The rules about the terms of a query, in their order: from left to right the longest, no term in two of them. */
  matches(words: string): readonly SynonymRule[] {
    if (this.#byFirst.size === 0) return [];
    const terms = tellingTerms(words);
    const found: SynonymRule[] = [];
    const taken = new Set<string>();
    for (let at = 0; at < terms.length && found.length < MOST_MATCHES;) {
      const rule = this.#longestAt(terms, at, taken);
      if (rule) found.push(rule);
      for (const term of rule?.terms ?? []) taken.add(term);
      at += rule?.terms.length ?? 1;
    }
    return found;
  }

  #longestAt(terms: readonly string[], at: number, taken: ReadonlySet<string>): SynonymRule | undefined {
    const its = this.#byFirst.get(terms[at] ?? '');
    return its?.find((rule) => rule.terms.every((term, place) => terms[at + place] === term && !taken.has(term)));
  }
}

export const NO_SYNONYMS = new Synonyms([]);
