import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { ItemFilter } from '../../../../src/vocabulary/item-filter.ts';
import { fieldValues } from '../../../../src/vocabulary/item.ts';
import type { FieldTypes, FieldValue, Item } from '../../../../src/vocabulary/item.ts';
import { FieldColumn, isIn, isWithin } from './field-column.ts';
import type { ResidentRows } from './resident-rows.ts';

/** The fields of a generation by row, and what a filter means over them: the same as `passes` of the vocabulary. */
export class FieldColumns {
  readonly #columns: ReadonlyMap<string, FieldColumn>;
  readonly #rows: ResidentRows;

  constructor(fields: FieldTypes, rows: ResidentRows) {
    this.#columns = new Map(Object.keys(fields).map((field) => [field, new FieldColumn()]));
    this.#rows = rows;
  }

  set(row: number, item: Item): void {
    for (const [field, column] of this.#columns) column.set(row, fieldValues(item, field));
  }

  /** What an item has in a field. Errors: UNKNOWN_FIELD. */
  values(row: number, field: string): readonly FieldValue[] {
    return this.column(field).get(row);
  }

  /** Errors: UNKNOWN_FIELD. */
  column(field: string): FieldColumn {
    const column = this.#columns.get(field);
    if (column) return column;
    const known = [...this.#columns.keys()].sort().join(', ');
    throw new MedleyError('UNKNOWN_FIELD', `The catalogue has no field "${field}"; it has ${known}.`);
  }

  /** A mask of the items that pass. Errors: UNKNOWN_FIELD. */
  mask(filter?: ItemFilter): Uint8Array {
    const alive = this.#rows.mask();
    return filter ? both(this.#meaning(filter), alive) : alive;
  }

  /** May hold rows that have no item any more. */
  #meaning(filter: ItemFilter): Uint8Array {
    const span = this.#rows.span;
    if ('and' in filter)
      return filter.and.map((part) => this.#meaning(part)).reduce(both, new Uint8Array(span).fill(1));
    if ('or' in filter) return filter.or.map((part) => this.#meaning(part)).reduce(either, new Uint8Array(span));
    if ('not' in filter) return this.#meaning(filter.not).map((bit) => 1 - bit);
    if ('ids' in filter) return this.#named(filter.ids);
    const meets = 'in' in filter ? isIn(filter.field, filter.in) : isWithin(filter.range);
    return this.column(filter.field).mask(span, meets);
  }

  #named(ids: readonly string[]): Uint8Array {
    const mask = new Uint8Array(this.#rows.span);
    for (const id of ids) {
      const row = this.#rows.rowOf(id);
      if (row !== undefined) mask[row] = 1;
    }
    return mask;
  }
}

function both(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((bit, row) => bit & (b[row] ?? 0));
}

function either(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((bit, row) => bit | (b[row] ?? 0));
}
