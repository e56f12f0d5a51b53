import { LRUCache } from 'lru-cache';
import type { Item } from '../../../../src/vocabulary/item.ts';

/** Items read lately: a page of hits and the facets of a window ask for the same ones again and again. */
const KEPT = 10_000;

/** The items by row, as JSON outside of the heap that is collected, and those read lately as they are. */
export class ResidentItems {
  readonly #texts: (Buffer | undefined)[] = [];
  readonly #read = new LRUCache<number, Item>({ max: KEPT });

  /** `text` is the item as JSON. */
  set(row: number, text: string): void {
    this.#texts[row] = Buffer.from(text);
    this.#read.delete(row);
  }

  delete(row: number): void {
    this.#texts[row] = undefined;
    this.#read.delete(row);
  }

  get(row: number): Item | undefined {
    const text = this.#texts[row];
    if (!text) return undefined;
    const known = this.#read.get(row);
    if (known) return known;
    const item = JSON.parse(text.toString()) as Item;
    this.#read.set(row, item);
    return item;
  }
}
