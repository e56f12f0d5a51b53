import { fold } from '../index/fold.ts';
import { foldedWords, phraseWords } from '../index/written-words.ts';

interface Search {
  readonly text: string;
  /** Folded. */
  readonly key: string;
  readonly words: readonly string[];
}

/** What many viewers search, the most popular first. */
export class PopularSearches {
  readonly #searches: readonly Search[];

  constructor(texts: readonly string[]) {
    const byKey = new Map<string, string>();
    for (const text of texts) byKey.set(fold(text), byKey.get(fold(text)) ?? text);
    this.#searches = [...byKey].map(([key, text]) => ({ text, key, words: [...phraseWords(key)] }));
  }

  /** Those that begin so, then those with a later word that does: the words before the last are whole words, in any place. */
  goingOnWith(prefix: string, limit: number): readonly string[] {
    const start = fold(prefix.trim());
    if (start === '') return [];
    const whole = [...foldedWords(start)];
    const last = whole.pop();
    const begins = ({ key }: Search): boolean => key.startsWith(start);
    const hasLater = ({ words }: Search): boolean =>
      last !== undefined && whole.every((word) => words.includes(word)) && words.some((word) => word.startsWith(last));
    const first = this.#searches.filter(begins);
    const later = this.#searches.filter((search) => !begins(search) && hasLater(search));
    return [...first, ...later].slice(0, limit).map(({ text }) => text);
  }
}

export const NO_SEARCHES = new PopularSearches([]);
