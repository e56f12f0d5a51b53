import type { Item } from '../../../../src/vocabulary/item.ts';
import { FORMS_FROM, itemTerms, writtenForms } from '../lexicon.ts';
import type { ItemTerms } from '../lexicon.ts';
import { dimsOf, presentColumns, vectorsBy } from '../columns.ts';
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
  readonly #columns: ReadonlyMap<Column, VectorColumn>;

  constructor(head: GenerationHead) {
    this.head = head;
    this.fields = new FieldColumns(head.fields, this.rows);
    this.#columns = new Map(presentColumns(head).map((name) => [name, new VectorColumn(dimsOf(head, name))]));
  }

  /** Makes room for so many items at once, which costs less than growing with each of them. */
  reserve(items: number): void {
    for (const column of this.#columns.values()) column.reserve(items);
  }

  /** Undefined where the generation has no such column. */
  column(name: Column): VectorColumn | undefined {
    return this.#columns.get(name);
  }

  /** Puts an item in the place of the one with its id. What was read of it before need not be made again. */
  put({ item, vectors }: ItemRow, read?: ReadItem): void {
    const { text, terms } = read ?? { text: JSON.stringify(item), terms: itemTerms(item) };
    const row = this.rows.claim(item.id);
    this.#unname(row);
    this.suggestions.add(item);
    this.#items.set(row, text);
    for (const [name, column] of this.#columns) column.set(row, vectors[name] ?? null);
    this.fields.set(row, item);
    this.words.set(row, terms);
  }

  /** Whether the item was there. */
  delete(id: string): boolean {
    const row = this.rows.release(id);
    if (row === undefined) return false;
    for (const column of this.#columns.values()) column.set(row, null);
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
    return vectorsBy(this.head, (name) => this.#columns.get(name)?.get(row) ?? null);
  }

  writtenForms(term: string): readonly string[] {
    const items = this.words.rowsOf(term, FORMS_FROM).flatMap((row) => this.#items.get(row) ?? []);
    return writtenForms(items, term);
  }

  #unname(row: number): void {
    const before = this.#items.get(row);
    if (before) this.suggestions.remove(before);
  }
}
