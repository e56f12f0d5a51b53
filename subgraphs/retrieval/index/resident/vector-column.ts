import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { dotProduct, MOST_PAGES, PAGE, STEP } from './dot-product.ts';
import type { KernelMemory, Scan } from './dot-product.ts';

/** Rows a call of the kernel; their scores lie before the rows, so that the rows alone have to grow. */
const BLOCK = 4096;

/** The most that the rows of one column take: what one memory holds, less the query and the scores of any size. */
export const MOST_COLUMN_BYTES = (MOST_PAGES - 2) * PAGE;

/** The bytes of a row, which is padded to whole steps of the kernel. */
export function rowBytes(dims: number): number {
  return Math.ceil(dims / STEP) * STEP * 4;
}

/**
 * The vectors of one column, by row number, in memory that the kernel reads. Layout: the query, a block of scores, the rows.
 * It grows in place up to 4 GiB.
 */
export class VectorColumn {
  readonly dims: number;
  readonly #stride: number;
  readonly #scoresAt: number;
  readonly #rowsAt: number;
  readonly #memory: KernelMemory;
  readonly #scan: Scan;
  /** All of the memory, made again when it grows. */
  #floats: Float32Array;
  #present = new Uint8Array(1024);

  constructor(dims: number) {
    this.dims = dims;
    this.#stride = rowBytes(dims);
    this.#scoresAt = this.#stride;
    this.#rowsAt = this.#stride + BLOCK * 4;
    const { memory, scan } = dotProduct(this.#rowsAt);
    this.#memory = memory;
    this.#scan = scan;
    this.#floats = new Float32Array(memory.buffer);
  }

  set(row: number, vector: Vector | null): void {
    this.reserve(row + 1);
    this.#present[row] = vector ? 1 : 0;
    if (vector) this.#floats.set(vector, this.#placeOf(row));
  }

  has(row: number): boolean {
    return this.#present[row] === 1;
  }

  /** A copy: the memory below may move. */
  get(row: number): Vector | null {
    const place = this.#placeOf(row);
    return this.has(row) ? this.#floats.slice(place, place + this.dims) : null;
  }

  /** The dot product of the query with each of the first rows. Rows without a vector have a score that says nothing. */
  scores(query: Vector, rows: number): Float32Array {
    this.reserve(rows);
    this.#aim(query);
    const scores = new Float32Array(rows);
    for (let from = 0; from < rows; from += BLOCK) {
      const count = Math.min(BLOCK, rows - from);
      this.#scan(this.#rowsAt + from * this.#stride, count, this.#stride);
      scores.set(this.#floats.subarray(this.#scoresAt / 4, this.#scoresAt / 4 + count), from);
    }
    return scores;
  }

  /** The dot product of the query with each of the rows named; null where a row has no vector. */
  scoresOf(query: Vector, rows: readonly number[]): readonly (number | null)[] {
    this.#aim(query);
    return rows.map((row) => {
      if (!this.has(row)) return null;
      this.#scan(this.#rowsAt + row * this.#stride, 1, this.#stride);
      return this.#floats[this.#scoresAt / 4] ?? 0;
    });
  }

  /** Makes room for so many rows. */
  reserve(rows: number): void {
    const held = this.#memory.buffer.byteLength;
    const needed = this.#rowsAt + rows * this.#stride;
    if (needed > held) {
      const wanted = Math.min(MOST_PAGES, Math.ceil(Math.max(needed, held * 1.25) / PAGE));
      this.#memory.grow(wanted - held / PAGE);
      this.#floats = new Float32Array(this.#memory.buffer);
    }
    if (rows > this.#present.length) {
      const grown = new Uint8Array(Math.max(rows, this.#present.length * 2));
      grown.set(this.#present);
      this.#present = grown;
    }
  }

  #aim(query: Vector): void {
    this.#floats.set(query);
  }

  #placeOf(row: number): number {
    return (this.#rowsAt + row * this.#stride) / 4;
  }
}
