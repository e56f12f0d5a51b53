import type { Item } from '../../../../src/vocabulary/item.ts';
import { fold } from '../lexicon.ts';

/** What of an item is suggested. */
type Named = Pick<Item, 'title' | 'brand' | 'category'>;

interface Phrase {
  readonly shown: string;
  count: number;
}

/** The titles, brands and categories of the items, found by how they begin (case and accents folded). */
export class Suggestions {
  readonly #phrases = new Map<string, Phrase>();
  /** The folded phrases in order; undefined until it is asked for. */
  #sorted: string[] | undefined;

  add(item: Named): void {
    for (const text of phrasesOf(item)) {
      const key = fold(text);
      const known = this.#phrases.get(key);
      if (known) known.count++;
      else this.#insert(key, text);
    }
  }

  remove(item: Named): void {
    for (const text of phrasesOf(item)) {
      const key = fold(text);
      const known = this.#phrases.get(key);
      if (!known) continue;
      known.count--;
      if (known.count > 0) continue;
      this.#phrases.delete(key);
      this.#sorted?.splice(firstFrom(this.#sorted, key), 1);
    }
  }

  /** Most common first, then in the order of the alphabet. */
  startingWith(prefix: string, limit: number): readonly string[] {
    const start = fold(prefix.trim());
    if (start === '') return [];
    const sorted = (this.#sorted ??= [...this.#phrases.keys()].sort());
    const found: { readonly key: string; readonly phrase: Phrase }[] = [];
    for (let at = firstFrom(sorted, start); sorted[at]?.startsWith(start); at++) {
      const key = sorted[at] ?? '';
      const phrase = this.#phrases.get(key);
      if (phrase) found.push({ key, phrase });
    }
    found.sort((a, b) => b.phrase.count - a.phrase.count || (a.key < b.key ? -1 : 1));
    return found.slice(0, limit).map(({ phrase }) => phrase.shown);
  }

  #insert(key: string, shown: string): void {
    this.#phrases.set(key, { shown, count: 1 });
    this.#sorted?.splice(firstFrom(this.#sorted, key), 0, key);
  }
}

/** Without repeats: an item counts once for each. */
function phrasesOf(item: Named): ReadonlySet<string> {
  const all = [item.title, item.brand ?? '', ...item.category].map((text) => text.trim());
  return new Set(all.filter((text) => text !== ''));
}

/** The place of the first entry that is not before the key. */
function firstFrom(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
