import { fieldValues } from './item.ts';
import type { FieldTypes, FieldValue, Item } from './item.ts';

/** Which items may appear. Exactly one kind a node; the entry has checked that. */
export type ItemFilter =
  | { readonly and: readonly ItemFilter[] }
  | { readonly or: readonly ItemFilter[] }
  | { readonly not: ItemFilter }
  | { readonly ids: readonly string[] }
  | { readonly field: string; readonly in: readonly string[] }
  | { readonly field: string; readonly range: Range };

export interface Range {
  readonly gte?: number;
  readonly gt?: number;
  readonly lte?: number;
  readonly lt?: number;
}

/** Whether an item passes: the meaning that every index has to share. An item without the field fails `in` and `range`. */
export function passes(item: Item, filter: ItemFilter): boolean {
  if ('and' in filter) return filter.and.every((part) => passes(item, part));
  if ('or' in filter) return filter.or.some((part) => passes(item, part));
  if ('not' in filter) return !passes(item, filter.not);
  if ('ids' in filter) return filter.ids.includes(item.id);
  const values = fieldValues(item, filter.field);
  if ('in' in filter) return values.some((value) => filter.in.includes(String(value)));
  return values.some((value) => inRange(value, filter.range));
}

function inRange(value: FieldValue, { gte, gt, lte, lt }: Range): boolean {
  if (typeof value !== 'number') return false;
  return (
    (gte === undefined || value >= gte) &&
    (gt === undefined || value > gt) &&
    (lte === undefined || value <= lte) &&
    (lt === undefined || value < lt)
  );
}

/** The fields that a filter names, in order of appearance. */
export function fieldsOf(filter: ItemFilter): readonly string[] {
  if ('and' in filter) return filter.and.flatMap(fieldsOf);
  if ('or' in filter) return filter.or.flatMap(fieldsOf);
  if ('not' in filter) return fieldsOf(filter.not);
  return 'field' in filter ? [filter.field] : [];
}

/** The first field that the catalogue does not have, or whose type the condition does not fit. */
export function firstMisuse(filter: ItemFilter, types: FieldTypes): { field: string; expected: string } | undefined {
  const known = Object.keys(types).sort().join(', ');
  for (const field of fieldsOf(filter)) if (!types[field]) return { field, expected: `one of ${known}` };
  return rangeOnWords(filter, types);
}

function rangeOnWords(filter: ItemFilter, types: FieldTypes): { field: string; expected: string } | undefined {
  if ('and' in filter) return firstOf(filter.and, types);
  if ('or' in filter) return firstOf(filter.or, types);
  if ('not' in filter) return rangeOnWords(filter.not, types);
  if (!('range' in filter)) return undefined;
  const type = types[filter.field];
  return type === 'number' || type === 'date'
    ? undefined
    : { field: filter.field, expected: `"in", since it holds ${type} values` };
}

function firstOf(filters: readonly ItemFilter[], types: FieldTypes): { field: string; expected: string } | undefined {
  for (const filter of filters) {
    const misuse = rangeOnWords(filter, types);
    if (misuse) return misuse;
  }
  return undefined;
}
