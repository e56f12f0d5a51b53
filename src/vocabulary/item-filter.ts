import { isAsked } from './alike-values.ts';
import { fieldsOf } from './item.ts';
import type { FieldsOf, FieldType, FieldTypes, FieldValue, Item } from './item.ts';

/** Which items may appear. Exactly one kind a node; the entry has checked that. */
export type ItemFilter =
  | { readonly and: readonly ItemFilter[] }
  | { readonly or: readonly ItemFilter[] }
  | { readonly not: ItemFilter }
  | { readonly ids: readonly string[] }
  /** Words in letters of either case; numbers, truth values and ids as they are written. */
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
  return meets(item.id, fieldsOf(item), filter);
}

/** The same, of an item of which the id and the fields of the filter are known. */
export function meets(id: string, fields: FieldsOf, filter: ItemFilter): boolean {
  if ('and' in filter) return filter.and.every((part) => meets(id, fields, part));
  if ('or' in filter) return filter.or.some((part) => meets(id, fields, part));
  if ('not' in filter) return !meets(id, fields, filter.not);
  if ('ids' in filter) return filter.ids.includes(id);
  const values = fields(filter.field);
  if ('in' in filter) return values.some(isAsked(filter.field, filter.in));
  return values.some((value) => inRange(value, filter.range));
}

/** What passes both, where there are two. */
export function bothOf(one: ItemFilter | undefined, other: ItemFilter | undefined): ItemFilter | undefined {
  return one && other ? { and: [one, other] } : (one ?? other);
}

/** The fields that a filter reads, each once. */
export function filterFields(filter: ItemFilter): readonly string[] {
  return [...new Set(conditionsOf(filter).map(({ field }) => field))];
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

/** The conditions of a filter, in order of appearance. */
type Condition = Extract<ItemFilter, { readonly field: string }>;

function conditionsOf(filter: ItemFilter): readonly Condition[] {
  if ('and' in filter) return filter.and.flatMap(conditionsOf);
  if ('or' in filter) return filter.or.flatMap(conditionsOf);
  if ('not' in filter) return conditionsOf(filter.not);
  return 'field' in filter ? [filter] : [];
}

/** A field that a request uses as the catalogue does not allow. */
export interface Misuse {
  readonly field: string;
  /** What could be used instead, in words. */
  readonly expected: string;
}

/** The first field that the catalogue does not have, or whose type the condition does not fit. */
export function firstMisuse(filter: ItemFilter, types: FieldTypes): Misuse | undefined {
  for (const condition of conditionsOf(filter)) {
    const { field } = condition;
    const expected = knownField(field, types) ?? fitting(condition, types[field]);
    if (expected) return { field, expected };
  }
  return undefined;
}

/** What is expected instead of a field that the catalogue does not have. */
export function knownField(field: string, types: FieldTypes): string | undefined {
  return Object.hasOwn(types, field) ? undefined : `one of ${Object.keys(types).sort().join(', ')}`;
}

function fitting(condition: Condition, type: FieldType | undefined): string | undefined {
  if ('range' in condition) return rangedType(type);
  if (type === 'date') return '"range" in epoch milliseconds, since it holds date values';
  const wrong = condition.in.find((value) => !isOf(type, value));
  return wrong === undefined ? undefined : `${String(type)} values in "in", got ${JSON.stringify(wrong)}`;
}

/** What is expected instead of ranges of a field that has no order. */
export function rangedType(type: FieldType | undefined): string | undefined {
  return type === 'number' || type === 'date' ? undefined : `"in", since it holds ${String(type)} values`;
}

/** Whether a text can be a value of the type, written as values are compared: 5, not 5.0. */
function isOf(type: FieldType | undefined, text: string): boolean {
  if (type === 'number') return String(Number(text)) === text && Number.isFinite(Number(text));
  return type !== 'boolean' || text === 'true' || text === 'false';
}
