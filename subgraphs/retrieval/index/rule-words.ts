import { mayBeASlip } from './lexicon.ts';
import { withinOneEdit } from './resident/one-edit.ts';
import { inEitherNumber } from './stem.ts';
import type { SynonymRule } from './synonym-rules.ts';

/** The words that rules are about, in singular and plural: words of the shop, though no item may have them. */
export class RuleWords {
  readonly #byLetter: ReadonlyMap<string, readonly string[]>;
  readonly #words: ReadonlySet<string>;

  constructor(rules: readonly SynonymRule[]) {
    this.#words = new Set(rules.flatMap(({ terms }) => terms.flatMap(inEitherNumber)));
    this.#byLetter = Map.groupBy([...this.#words].filter(mayBeASlip), (word) => word.charAt(0));
  }

  /** The one that is one slip away from a form of a word, rather as long as it is written; none where a form is one of them. */
  near(forms: readonly string[]): string | undefined {
    const written = forms.at(-1);
    if (written === undefined || forms.some((form) => this.#words.has(form))) return undefined;
    const alike = this.#byLetter.get(written.charAt(0)) ?? [];
    const near = alike.filter((word) => forms.some((form) => withinOneEdit(form, word)));
    return near.find(({ length }) => length === written.length) ?? near[0];
  }
}
