/** The rows that have one term, and how often each has it. In no order. */
export class PostingList {
  #rows = new Uint32Array(2);
  #counts = new Uint16Array(2);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(row: number, count: number): void {
    if (this.#size === this.#rows.length) this.#grow();
    this.#rows[this.#size] = row;
    this.#counts[this.#size] = Math.min(count, 65_535);
    this.#size++;
  }

  /** The last takes the place of the one that goes. */
  remove(row: number): void {
    const at = this.#rows.subarray(0, this.#size).indexOf(row);
    if (at < 0) return;
    this.#size--;
    this.#rows[at] = this.#rows[this.#size] ?? 0;
    this.#counts[at] = this.#counts[this.#size] ?? 0;
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
