import { MedleyError } from '../../../../src/runtime/errors.ts';
import { isFiniteVector } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { itemTerms } from '../lexicon.ts';
import { COLUMNS } from '../item-index.ts';
import type { Column, GenerationHead, ItemRow } from '../item-index.ts';
import { FieldColumns } from './field-columns.ts';
import { ResidentRows } from './resident-rows.ts';
import { Suggestions } from './suggestions.ts';
import type { Named } from './suggestions.ts';
import { VectorColumn } from './vector-column.ts';
import { WordIndex } from './word-index.ts';

/** All of a generation that answering needs at once, in memory: vectors, fields, words and suggestions, by row number. */
export class ResidentGeneration {
  readonly head: GenerationHead;
  readonly rows = new ResidentRows();
  readonly fields: FieldColumns;
  readonly words = new WordIndex();
  readonly suggestions = new Suggestions();
  readonly #columns: Readonly<Record<Column, VectorColumn | undefined>>;
  readonly #named: (Named | undefined)[] = [];

  constructor(head: GenerationHead) {
    this.head = head;
    this.fields = new FieldColumns(head.fields, this.rows);
    const column = (dims: number): VectorColumn | undefined => (dims > 0 ? new VectorColumn(dims) : undefined);
    this.#columns = {
      text: column(head.dims.text),
      bridged: column(head.dims.bridged),
      looks: column(head.dims.looks),
    };
  }

  /** Undefined where the generation has no such column. */
  column(name: Column): VectorColumn | undefined {
    return this.#columns[name];
  }

  /** Puts an item in the place of the one with its id. */
  put({ item, vectors }: ItemRow, terms = itemTerms(item).whole): void {
    const row = this.rows.claim(item.id);
    for (const name of COLUMNS) this.#columns[name]?.set(row, vectors[name]);
    this.fields.set(row, item);
    this.words.set(row, terms);
    this.#name(row, { title: item.title, brand: item.brand, category: item.category });
  }

  /** Whether the item was there. */
  delete(id: string): boolean {
    const row = this.rows.release(id);
    if (row === undefined) return false;
    for (const name of COLUMNS) this.#columns[name]?.set(row, null);
    this.words.delete(row);
    this.#name(row, undefined);
    return true;
  }

  vectors(id: string): ItemRow['vectors'] | undefined {
    const row = this.rows.rowOf(id);
    if (row === undefined) return undefined;
    const vector = (name: Column): Vector | null => this.#columns[name]?.get(row) ?? null;
    return { text: vector('text'), bridged: vector('bridged'), looks: vector('looks') };
  }

  #name(row: number, named: Named | undefined): void {
    const before = this.#named[row];
    if (before) this.suggestions.remove(before);
    if (named) this.suggestions.add(named);
    this.#named[row] = named;
  }
}

/**
 * The rows as the generation can keep them: without the columns that it lacks, one a id, the last.
 * Errors: SPACE_MISMATCH for a vector of other dimensions or with numbers that are not finite.
 */
export function fitRows(head: GenerationHead, rows: readonly ItemRow[]): readonly ItemRow[] {
  const last = new Map(rows.map((row) => [row.item.id, row]));
  return [...last.values()].map(({ item, vectors }) => {
    const fit = (column: Column): Vector | null => (head.dims[column] === 0 ? null : vectors[column]);
    const fitted = { text: fit('text'), bridged: fit('bridged'), looks: fit('looks') };
    for (const column of COLUMNS) checkVector(head, column, fitted[column]);
    return { item, vectors: fitted };
  });
}

/** Errors: SPACE_MISMATCH. */
export function checkVector(head: GenerationHead, column: Column, vector: Vector | null): void {
  const dims = head.dims[column];
  if (!vector || dims === 0) return;
  if (vector.length !== dims) {
    const came = `${vector.length.toString()} dimensions came`;
    throw new MedleyError('SPACE_MISMATCH', `the column "${column}" has ${dims.toString()} dimensions, ${came}`);
  }
  if (!isFiniteVector(vector))
    throw new MedleyError('SPACE_MISMATCH', `a vector of "${column}" has a number that is not finite`);
}
