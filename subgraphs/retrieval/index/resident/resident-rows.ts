import { CaselessIds } from './caseless-ids.ts';

/** Which item stands in which row. Rows of deleted items are used again. */
export class ResidentRows {
  readonly #rows = new Map<string, number>();
  readonly #ids: (string | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #caseless = new CaselessIds();
  #alive = new Uint8Array(1024);

  /** The number of items. */
  get size(): number {
    return this.#rows.size;
  }

  /** The number of rows, those without an item included: row numbers are below it. */
  get span(): number {
    return this.#ids.length;
  }

  /** What the span will be once so many more items have come: rows that are free are taken first. */
  spanWith(more: number): number {
    return Math.max(this.span, this.size + more);
  }

  rowOf(id: string): number | undefined {
    return this.#rows.get(id);
  }

  /** The ids of items that differ from a text by the case of letters at most. */
  idsLike(text: string): readonly string[] {
    return this.#caseless.like(text).filter((id) => this.#rows.has(id));
  }

  /** The id in a row that has an item. */
  idOf(row: number): string {
    return this.#ids[row] ?? '';
  }

  /** The row of an item, which it gets if it has none. */
  claim(id: string): number {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    const row = this.#free.pop() ?? this.#ids.length;
    if (row >= this.#alive.length) {
      const grown = new Uint8Array(this.#alive.length * 2);
      grown.set(this.#alive);
      this.#alive = grown;
    }
    this.#ids[row] = id;
    this.#alive[row] = 1;
    this.#rows.set(id, row);
    this.#caseless.add(id);
    return row;
  }

  release(id: string): number | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    this.#rows.delete(id);
    this.#caseless.remove(id);
    this.#ids[row] = undefined;
    this.#alive[row] = 0;
    this.#free.push(row);
    return row;
  }

  /** A mask of the rows with an item: one byte a row, 1 where there is one. */
  mask(): Uint8Array {
    return this.#alive.slice(0, this.span);
  }
}
