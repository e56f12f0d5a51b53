import { tellingWords } from './lexicon.ts';
import { RuleWords } from './rule-words.ts';
import type { SynonymRule } from './synonym-rules.ts';
import { writtenWords } from './written-words.ts';

/** So many rules may be about one query, those that come first: each of their synonyms is looked for by itself. */
export const MOST_MATCHES = 10;

/** A rule about the words of a query from one place to before the other. */
interface PlacedRule {
  readonly rule: SynonymRule;
  readonly from: number;
  readonly to: number;
}

/** The words of a query with slips mended in those that rules are about, and what stands in for which term. */
export interface RuledWords {
  readonly words: string;
  readonly standIns: ReadonlyMap<string, readonly string[]>;
}

/** What a shop says that words mean, beside themselves. */
export class Synonyms {
  readonly #words: RuleWords;
  /** By the first term of their left sides, the longest first. */
  readonly #byFirst: ReadonlyMap<string, readonly SynonymRule[]>;

  constructor(rules: readonly SynonymRule[]) {
    this.#words = new RuleWords(rules);
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

  /**
   * Who misspells a word that only rules know means it all the same. `forms`: the spellings in which a slip is looked for, by term that
   * nothing else is known of. Undefined where no rule is about any of them.
   */
  mended(words: string, forms: ReadonlyMap<string, readonly string[]>): RuledWords | undefined {
    const near = new Map<string, string>();
    for (const [term, its] of forms) {
      const word = this.#words.near(its);
      const read = word === undefined ? '' : replaced(words, new Map([[term, word]]));
      const isRuled = this.matches(read).length > this.matches(words).length;
      if (word !== undefined && isRuled) near.set(term, word);
    }
    if (near.size === 0) return undefined;
    return { words: replaced(words, near), standIns: new Map([...near].map(([term, word]) => [term, [word]])) };
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

/** With other words in the place of those that are read as the terms. */
function replaced(words: string, byTerm: ReadonlyMap<string, string>): string {
  return writtenWords(words)
    .toReversed()
    .reduce((text, { term, from, to }) => {
      const other = byTerm.get(term);
      return other === undefined ? text : text.slice(0, from) + other + text.slice(to);
    }, words);
}

export const NO_SYNONYMS = new Synonyms([]);
