import { alike } from '../../../src/vocabulary/alike-values.ts';
import type { FieldValue } from '../../../src/vocabulary/item.ts';

/** How the values of a field are written: words in letters of either case are one value, which is shown as most items write it. */
export class Spellings {
  readonly #field: string;
  readonly #items = new Map<string, number>();
  readonly #commonest = new Map<string, string>();

  constructor(field: string) {
    this.#field = field;
  }

  /** Takes what each of some items holds. Gives the values of it, each once, as all ways to write them have in common. */
  take(written: readonly FieldValue[], items: number): ReadonlySet<string> {
    const values = new Set<string>();
    for (const one of new Set(written.map(String))) values.add(this.#add(one, items));
    return values;
  }

  /** A value as most items write it; of equally common ways the first by its letters (UTF-16). */
  commonest(value: string): string {
    return this.#commonest.get(value) ?? value;
  }

  #add(spelling: string, items: number): string {
    const value = alike(this.#field, spelling);
    const commonest = this.#commonest.get(value) ?? spelling;
    const now = (this.#items.get(spelling) ?? 0) + items;
    const most = this.#items.get(commonest) ?? 0;
    this.#items.set(spelling, now);
    if (now > most || (now === most && spelling <= commonest)) this.#commonest.set(value, spelling);
    return value;
  }
}
