import { MedleyError } from '../../../../src/runtime/errors.ts';
import { dimsOf, presentColumns } from '../columns.ts';
import type { GenerationHead } from '../item-index.ts';
import { MOST_COLUMN_BYTES, rowBytes } from './vector-column.ts';

/** Bounds the vectors in memory: those of the generation that serves and of every one that is being built, together. */
export class ResidentBudget {
  /** Bytes; Infinity for none but the bound of a column. */
  readonly #limit: number;
  readonly #held = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Sets what a generation holds to so many rows, before it takes them.
   *
   * @throws MedleyError INDEX_FULL; it holds what it held then
   */
  claim(head: GenerationHead, rows: number): void {
    const { id } = head;
    const columns = presentColumns(head).map((column) => rowBytes(dimsOf(head, column)));
    const aRow = columns.reduce((sum, bytes) => sum + bytes, 0);
    const others = [...this.#held].reduce((sum, [other, bytes]) => (other === id ? sum : sum + bytes), 0);
    if (others + rows * aRow > this.#limit) throw this.#full({ rows, aRow, others });
    if (rows * Math.max(0, ...columns) > MOST_COLUMN_BYTES) throw columnFull(rows);
    this.#held.set(id, rows * aRow);
  }

  /** Of a generation that is no longer read or written. */
  release(id: string): void {
    this.#held.delete(id);
  }

  #full({
    rows,
    aRow,
    others,
  }: {
    readonly rows: number;
    readonly aRow: number;
    readonly others: number;
  }): MedleyError {
    const beside = others > 0 ? ` beside the ${inWords(others)} of the catalogue that serves meanwhile` : '';
    return new MedleyError(
      'INDEX_FULL',
      `The vectors of ${rows} items need ${inWords(rows * aRow)} of memory (${aRow} per item)${beside}, and MEDLEY_RESIDENT_BYTES allows ${inWords(this.#limit)}. ` +
        `Set it to ${others + rows * aRow} or more if the machine has that much memory; if not, use Elasticsearch.`,
    );
  }
}

function columnFull(rows: number): MedleyError {
  return new MedleyError(
    'INDEX_FULL',
    `One column of the vectors of ${rows} items is larger than ${inWords(MOST_COLUMN_BYTES)}, the most that one process can search. Use Elasticsearch for this catalogue.`,
  );
}

function inWords(bytes: number): string {
  return `${bytes.toLocaleString('en-US')} bytes`;
}
