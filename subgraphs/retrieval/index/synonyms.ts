import { tellingWords } from './lexicon.ts';
import type { SynonymRule } from './synonym-rules.ts';

/** So many rules may be about one query, those that come first: each of their synonyms is looked for by itself. */
export const MOST_MATCHES = 10;

/** A rule about the words of a query from one place to before the other. */
interface PlacedRule {
  readonly rule: SynonymRule;
  readonly from: number;
  readonly to: number;
}

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
    return this.#placed(words).map(({ rule }) => rule);
  }

  /** The words with what a rule says instead in the place of what is not looked for. */
  asMeant(words: string): string {
    const placed = this.#placed(words).toReversed();
    return placed.reduce(
      (text, { rule: { meaning }, from, to }) =>
        meaning === undefined ? text : text.slice(0, from) + meaning + text.slice(to),
      words,
    );
  }

  #placed(words: string): readonly PlacedRule[] {
    if (this.#byFirst.size === 0) return [];
    const written = tellingWords(words);
    const terms = written.map(({ term }) => term);
    const found: PlacedRule[] = [];
    const taken = new Set<string>();
    for (let at = 0; at < terms.length && found.length < MOST_MATCHES;) {
      const rule = this.#longestAt(terms, at, taken);
      const length = rule?.terms.length ?? 1;
      if (rule) found.push({ rule, from: written[at]?.from ?? 0, to: written[at + length - 1]?.to ?? 0 });
      for (const term of rule?.terms ?? []) taken.add(term);
      at += length;
    }
    return found;
  }

  #longestAt(terms: readonly string[], at: number, taken: ReadonlySet<string>): SynonymRule | undefined {
    const its = this.#byFirst.get(terms[at] ?? '');
    return its?.find((rule) => rule.terms.every((term, place) => terms[at + place] === term && !taken.has(term)));
  }
}

export const NO_SYNONYMS = new Synonyms([]);
