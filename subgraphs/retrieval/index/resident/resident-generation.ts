import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { itemTerms } from '../lexicon.ts';
import type { ItemTerms } from '../lexicon.ts';
import { COLUMNS } from '../item-index.ts';
import type { Column, GenerationHead, ItemRow } from '../item-index.ts';
import { FieldColumns } from './field-columns.ts';
import { ItemWords } from './item-words.ts';
import { ResidentItems } from './resident-items.ts';
import { ResidentRows } from './resident-rows.ts';
import { Suggestions } from './suggestions.ts';
import { VectorColumn } from './vector-column.ts';

/** An item as JSON, and the terms that were read from it. */
export interface ReadItem {
  readonly text: string;
  readonly terms: ItemTerms;
}

/** All of a generation that answering needs, in memory by row number: items, vectors, fields, words and suggestions. */
export class ResidentGeneration {
  readonly head: GenerationHead;
  readonly rows = new ResidentRows();
  readonly fields: FieldColumns;
  readonly words = new ItemWords();
  readonly suggestions = new Suggestions();
  readonly #items = new ResidentItems();
  readonly #columns: Readonly<Record<Column, VectorColumn | undefined>>;

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

  /** Makes room for so many items at once, which costs less than growing with each of them. */
  reserve(items: number): void {
    for (const name of COLUMNS) this.#columns[name]?.reserve(items);
  }

  /** Undefined where the generation has no such column. */
  column(name: Column): VectorColumn | undefined {
    return this.#columns[name];
  }

  /** Puts an item in the place of the one with its id. What was read of it before need not be made again. */
  put({ item, vectors }: ItemRow, read?: ReadItem): void {
    const { text, terms } = read ?? { text: JSON.stringify(item), terms: itemTerms(item) };
    const row = this.rows.claim(item.id);
    this.#unname(row);
    this.suggestions.add(item);
    this.#items.set(row, text);
    for (const name of COLUMNS) this.#columns[name]?.set(row, vectors[name]);
    this.fields.set(row, item);
    this.words.set(row, terms);
  }

  /** Whether the item was there. */
  delete(id: string): boolean {
    const row = this.rows.release(id);
    if (row === undefined) return false;
    for (const name of COLUMNS) this.#columns[name]?.set(row, null);
    this.#unname(row);
    this.#items.delete(row);
    this.words.delete(row);
    return true;
  }

  item(id: string): Item | undefined {
    const row = this.rows.rowOf(id);
    return row === undefined ? undefined : this.#items.get(row);
  }

  vectors(id: string): ItemRow['vectors'] | undefined {
    const row = this.rows.rowOf(id);
    if (row === undefined) return undefined;
    const vector = (name: Column): Vector | null => this.#columns[name]?.get(row) ?? null;
    return { text: vector('text'), bridged: vector('bridged'), looks: vector('looks') };
  }

  #unname(row: number): void {
    const before = this.#items.get(row);
    if (before) this.suggestions.remove(before);
  }
}
