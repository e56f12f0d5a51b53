import { letters } from '../named-items.ts';

/** Ids, found in letters of either case. Those without capitals are not kept: a text in small letters is such an id itself. */
export class CaselessIds {
  /** Nearly always one; a list only where ids differ by case alone. */
  readonly #capital = new Map<string, string | readonly string[]>();

  add(id: string): void {
    const key = letters(id);
    if (key === id) return;
    const known = this.#alike(key);
    if (!known.includes(id)) this.#set(key, [...known, id]);
  }

  remove(id: string): void {
    const key = letters(id);
    if (key === id) return;
    this.#set(
      key,
      this.#alike(key).filter((other) => other !== id),
    );
  }

  /** The ids that may be meant by a text; of the one in small letters it is not known whether there is such an item. */
  like(text: string): readonly string[] {
    const key = letters(text);
    return [...this.#alike(key), key];
  }

  #alike(key: string): readonly string[] {
    const known = this.#capital.get(key) ?? [];
    return typeof known === 'string' ? [known] : known;
  }

  #set(key: string, [first, ...others]: readonly string[]): void {
    if (first === undefined) this.#capital.delete(key);
    else this.#capital.set(key, others.length === 0 ? first : [first, ...others]);
  }
}
