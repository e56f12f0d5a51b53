/** The rows that have one term, and how often each has it. In no order. */
export class PostingList {
  readonly term: string;
  #rows = new Uint32Array(2);
  #counts = new Uint16Array(2);
  #size = 0;

  constructor(term: string) {
    this.term = term;
  }

  get size(): number {
    return this.#size;
  }

  /** To be read before the next change. */
  get rows(): Uint32Array {
    return this.#rows.subarray(0, this.#size);
  }

  /** Adds one occurrence in a row; finish one row before the next. Returns whether it is the first there. */
  count(row: number): boolean {
    const last = this.#size - 1;
    if (last >= 0 && this.#rows[last] === row) {
      this.#counts[last] = Math.min((this.#counts[last] ?? 0) + 1, 65_535);
      return false;
    }
    if (this.#size === this.#rows.length) this.#grow();
    this.#rows[this.#size] = row;
    this.#counts[this.#size] = 1;
    this.#size++;
    return true;
  }

  /** The last takes the place of the one that goes. */
  remove(row: number): void {
    const at = this.#rows.subarray(0, this.#size).indexOf(row);
    if (at < 0) return;
    this.#size--;
    this.#rows[at] = this.#rows[this.#size] ?? 0;
    this.#counts[at] = this.#counts[this.#size] ?? 0;
  }

  /** The first so many of the rows. */
  some(limit: number): readonly number[] {
    return [...this.#rows.subarray(0, Math.min(limit, this.#size))];
  }

  forEach(visit: (row: number, count: number) => void): void {
    for (let at = 0; at < this.#size; at++) visit(this.#rows[at] ?? 0, this.#counts[at] ?? 0);
  }

  #grow(): void {
    const rows = new Uint32Array(this.#size * 2);
    const counts = new Uint16Array(this.#size * 2);
    rows.set(this.#rows);
    counts.set(this.#counts);
    this.#rows = rows;
    this.#counts = counts;
  }
}
