import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { ItemFilter, Range } from '../../../../src/vocabulary/item-filter.ts';
import type { FieldType, FieldTypes } from '../../../../src/vocabulary/item.ts';

/** A field as the table keeps it: its values as words, and, where they have an order, as a number. */
export interface FilterColumn {
  readonly field: string;
  readonly type: FieldType;
  /** A list of strings, empty for an item without the field and never null: `not` of null is null in SQL. */
  readonly words: string;
  /** A double or null; absent where the type has no numbers. */
  readonly number?: string;
}

/** The columns of the fields, named by place, since fields may have any name. */
export function filterColumns(fields: FieldTypes): readonly FilterColumn[] {
  const names = Object.keys(fields).sort();
  return names.map((field, place) => {
    const type = fields[field] ?? 'string';
    const number = type === 'number' || type === 'date' ? `n${place.toString()}` : undefined;
    return { field, type, words: `w${place.toString()}`, number };
  });
}

/** A filter as an SQL condition that means what `passes` of the vocabulary means. Errors: UNKNOWN_FIELD. */
export function toSql(filter: ItemFilter, columns: readonly FilterColumn[]): string {
  if ('and' in filter) return join(filter.and, 'AND', columns) ?? TRUE;
  if ('or' in filter) return join(filter.or, 'OR', columns) ?? FALSE;
  if ('not' in filter) return `(NOT ${toSql(filter.not, columns)})`;
  if ('ids' in filter) return idIn(filter.ids);
  const column = columns.find(({ field }) => field === filter.field);
  if (!column) throw new MedleyError('UNKNOWN_FIELD', `the catalogue has no field "${filter.field}"`);
  if ('range' in filter) return column.number ? within(column.number, filter.range) : FALSE;
  return filter.in.length > 0 ? `array_has_any(${column.words}, [${filter.in.map(quote).join(', ')}])` : FALSE;
}

export function idIn(ids: readonly string[]): string {
  return ids.length > 0 ? `(id IN (${ids.map(quote).join(', ')}))` : FALSE;
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const TRUE = '(id IS NOT NULL)';
const FALSE = '(id IS NULL)';

function join(parts: readonly ItemFilter[], by: 'AND' | 'OR', columns: readonly FilterColumn[]): string | undefined {
  return parts.length > 0 ? `(${parts.map((part) => toSql(part, columns)).join(` ${by} `)})` : undefined;
}

function within(column: string, { gte, gt, lte, lt }: Range): string {
  const bounds = [
    ['>=', gte],
    ['>', gt],
    ['<=', lte],
    ['<', lt],
  ] as const;
  const conditions = bounds.flatMap(([sign, bound]) =>
    bound === undefined ? [] : [`${column} ${sign} ${double(bound)}`],
  );
  return `(${[`${column} IS NOT NULL`, ...conditions].join(' AND ')})`;
}

function double(value: number): string {
  return `CAST('${value.toString()}' AS DOUBLE)`;
}
