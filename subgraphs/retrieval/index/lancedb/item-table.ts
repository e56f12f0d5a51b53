import { Field, Float64, List, Schema, Table, Utf8, vectorFromArray } from 'apache-arrow';
import type { RecordBatch, Vector as ArrowVector } from 'apache-arrow';
import { fieldValues } from '../../../../src/vocabulary/item.ts';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { COLUMNS } from '../item-index.ts';
import type { Column, GenerationHead, ItemRow } from '../item-index.ts';
import { itemTerms } from '../lexicon.ts';
import { filterColumns } from './lancedb-filter.ts';
import { vectorCells, vectorReader, vectorType } from './vector-cells.ts';

/**
 * The table of a generation: the id, the item as JSON, the terms of its title and of all of it (read by us and parted by spaces,
 * so that the full-text index takes them as they are), what filters ask, and the vectors of the columns that the generation has.
 */
export function itemSchema({ fields, dims }: GenerationHead): Schema {
  const text = (name: string): Field => new Field(name, new Utf8(), false);
  const filters = filterColumns(fields).flatMap(({ words, number }) => {
    const list = new Field(words, WORDS, false);
    return number === undefined ? [list] : [list, new Field(number, new Float64(), true)];
  });
  const vectors = presentColumns(dims).map((column) => new Field(column, vectorType(dims[column]), true));
  return new Schema([text('id'), text('item'), text('title'), text('terms'), ...filters, ...vectors]);
}

const WORDS = new List(new Field('item', new Utf8(), true));

function presentColumns(dims: GenerationHead['dims']): readonly Column[] {
  return COLUMNS.filter((column) => dims[column] > 0);
}

/** Rows as the table takes them. */
export function toTable(head: GenerationHead, rows: readonly ItemRow[]): Table {
  const terms = rows.map(({ item }) => itemTerms(item));
  const columns: Record<string, ArrowVector> = {
    id: strings(rows.map(({ item }) => item.id)),
    item: strings(rows.map(({ item }) => JSON.stringify(item))),
    title: strings(terms.map(({ title }) => title.join(' '))),
    terms: strings(terms.map(({ whole }) => whole.join(' '))),
  };
  for (const { field, words, number } of filterColumns(head.fields)) {
    const values = rows.map(({ item }) => fieldValues(item, field));
    columns[words] = vectorFromArray(
      values.map((list) => list.map(String)),
      WORDS,
    );
    if (number) columns[number] = vectorFromArray(values.map(finiteNumber), new Float64());
  }
  for (const column of presentColumns(head.dims))
    columns[column] = vectorCells(
      rows.map(({ vectors }) => vectors[column]),
      head.dims[column],
    );
  return new Table(itemSchema(head), columns);
}

function strings(values: readonly string[]): ArrowVector {
  return vectorFromArray(values, new Utf8());
}

function finiteNumber(values: readonly unknown[]): number | null {
  const number = values.find((value) => typeof value === 'number');
  return number === undefined || Number.isNaN(number) ? null : number;
}

/** A row of the table as it was written, with the terms of all of it. */
export interface StoredRow {
  readonly row: ItemRow;
  readonly terms: readonly string[];
}

/** The columns that reading rows back needs. */
export function storedColumns({ dims }: GenerationHead): string[] {
  return ['item', 'terms', ...presentColumns(dims)];
}

/** The rows of a batch that was read. */
export function* storedRows(batch: RecordBatch): Generator<StoredRow> {
  const items = batch.getChild('item');
  const terms = batch.getChild('terms');
  const [text, bridged, looks] = COLUMNS.map((column) => vectorReader(batch.getChild(column)));
  for (let at = 0; at < batch.numRows; at++) {
    const item = JSON.parse(String(items?.get(at))) as Item;
    const words = String(terms?.get(at));
    yield {
      row: { item, vectors: { text: text?.(at) ?? null, bridged: bridged?.(at) ?? null, looks: looks?.(at) ?? null } },
      terms: words === '' ? [] : words.split(' '),
    };
  }
}
