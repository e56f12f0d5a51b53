import { Field, Schema, Table, Utf8, vectorFromArray } from 'apache-arrow';
import type { RecordBatch, Vector as ArrowVector } from 'apache-arrow';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { dimsOf, presentColumns, vectorsBy } from '../columns.ts';
import type { GenerationHead, ItemRow } from '../item-index.ts';
import { itemTerms } from '../lexicon.ts';
import type { ReadItem } from '../resident/resident-generation.ts';
import { vectorCells, vectorReader, vectorType } from './vector-cells.ts';

const TEXTS = ['id', 'item', 'title', 'terms'] as const;

/**
 * The table of a generation: the id, the item as JSON, the terms of its title and of all of it (parted by spaces, so that opening
 * need not read the words again), and the vectors of the columns that the generation has.
 */
export function itemSchema(head: GenerationHead): Schema {
  const texts = TEXTS.map((name) => new Field(name, new Utf8(), false));
  const vectors = presentColumns(head).map((column) => new Field(column, vectorType(dimsOf(head, column)), true));
  return new Schema([...texts, ...vectors]);
}

/** A row together with what was read of its item. */
export interface StoredRow {
  readonly row: ItemRow;
  readonly read: ReadItem;
}

export function readRow(row: ItemRow): StoredRow {
  return { row, read: { text: JSON.stringify(row.item), terms: itemTerms(row.item) } };
}

/** Rows as the table takes them. */
export function toTable(head: GenerationHead, rows: readonly StoredRow[]): Table {
  const columns: Record<string, ArrowVector> = {
    id: strings(rows.map(({ row }) => row.item.id)),
    item: strings(rows.map(({ read }) => read.text)),
    title: strings(rows.map(({ read: { terms } }) => terms.title.join(' '))),
    terms: strings(rows.map(({ read: { terms } }) => terms.whole.join(' '))),
  };
  for (const column of presentColumns(head))
    columns[column] = vectorCells(
      rows.map(({ row }) => row.vectors[column] ?? null),
      dimsOf(head, column),
    );
  return new Table(itemSchema(head), columns);
}

function strings(values: readonly string[]): ArrowVector {
  return vectorFromArray(values, new Utf8());
}

/** The columns that reading rows back needs. */
export function storedColumns(head: GenerationHead): string[] {
  return ['item', 'title', 'terms', ...presentColumns(head)];
}

/** The rows of a batch that was read, as they were written. */
export function* storedRows(head: GenerationHead, batch: RecordBatch): Generator<StoredRow> {
  const [items, titles, wholes] = ['item', 'title', 'terms'].map((name) => batch.getChild(name));
  const readers = new Map(presentColumns(head).map((column) => [column, vectorReader(batch.getChild(column))]));
  for (let at = 0; at < batch.numRows; at++) {
    const json = String(items?.get(at));
    yield {
      row: {
        item: JSON.parse(json) as Item,
        vectors: vectorsBy(head, (column) => readers.get(column)?.(at) ?? null),
      },
      read: { text: json, terms: { title: termsIn(titles?.get(at)), whole: termsIn(wholes?.get(at)) } },
    };
  }
}

function termsIn(cell: unknown): readonly string[] {
  return typeof cell === 'string' && cell !== '' ? cell.split(' ') : [];
}
