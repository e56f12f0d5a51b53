import { z } from 'zod';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { ID_EXPECTED, isId } from '../../../../src/vocabulary/id.ts';
import { readMoment } from '../../../../src/vocabulary/moment.ts';
import type { AttributeValue, FieldType, FieldTypes, Item } from '../../../../src/vocabulary/item.ts';
import { BUILT_IN_FIELDS } from '../../../../src/vocabulary/item.ts';
import { fieldProblem } from '../../../../src/runtime/field-problem.ts';
import { readable, readableValue } from './readable-text.ts';

const text = z.string().overwrite(readable).trim();
const filled = text.min(1).max(512);
const id = z.string().refine(isId, ID_EXPECTED);
const date = text.refine(
  (value) => readMoment(value) !== undefined,
  'expected a day that exists, in ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z',
);

/** An item as it has to be before it enters the index, whoever wrote it; `images` are checked where they are read. */
const shape = z.object({
  id,
  title: text.min(1).max(2000),
  description: text.max(100_000).nullish(),
  category: z.array(filled).max(20).nullish(),
  brand: text.max(512).nullish(),
  price: z.object({ amount: z.number().min(0), currency: text.min(1).max(8) }).nullish(),
  inStock: z.boolean().nullish(),
  groupId: id.nullish(),
  popularity: z.number().min(0).nullish(),
  createdAt: date.nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * Checks an item against the catalogue's fields, and makes its texts readable. Attributes that the catalogue does not name are kept; those that it names have its type.
 *
 * @throws MedleyError INVALID_ITEM with every problem.
 */
export function checkItem(given: unknown, types: FieldTypes): Item {
  const read = shape.safeParse(given);
  const problems = (read.error?.issues ?? []).map((issue) => fieldProblem(issue, given));
  const attributes = new Map<string, AttributeValue>();
  for (const [name, raw] of Object.entries(read.data?.attributes ?? {})) {
    const value = readableValue(raw);
    if (isBlank(value)) continue;
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    const fitted = fitValue(value, type);
    if (Object.hasOwn(BUILT_IN_FIELDS, name))
      problems.push(`attributes.${name}: every item has this field; set it on the item itself`);
    else if (fitted === undefined)
      problems.push(`attributes.${name}: expected ${expectedOf(type)}, got ${JSON.stringify(value).slice(0, 80)}`);
    else attributes.set(name, fitted);
  }
  if (!read.data || problems.length > 0) throw new MedleyError('INVALID_ITEM', `${problems.join('; ')}.`);
  return {
    ...withoutEmpty(read.data),
    category: read.data.category ?? [],
    images: [],
    attributes: Object.fromEntries(attributes),
  };
}

function withoutEmpty({ id, title, ...rest }: z.infer<typeof shape>): Omit<Item, 'category' | 'images' | 'attributes'> {
  const given = Object.entries<unknown>(rest).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  );
  return { id, title, ...Object.fromEntries(given) };
}

const EXPECTED: Readonly<Record<FieldType, string>> = {
  string: 'a text or a list of texts',
  number: 'one number',
  boolean: 'true or false',
  date: 'one date in ISO 8601 or epoch milliseconds',
};

function expectedOf(type: FieldType | undefined): string {
  return type === undefined ? 'a text, a number, true or false, or a list of texts' : EXPECTED[type];
}

/** A value as its field's type; a list of one is that one where the type has no lists, and texts are read as numbers, booleans and dates, since CSV knows nothing else. Undefined where it does not fit. */
export function fitValue(value: unknown, type: FieldType | undefined): AttributeValue | undefined {
  if (Array.isArray(value)) return fitList(value, type);
  if (!isScalar(value)) return undefined;
  switch (type) {
    case undefined:
      return value;
    case 'string':
      return String(value);
    case 'number':
      return fitNumber(value);
    case 'boolean':
      return fitBoolean(value);
    case 'date':
      return fitDate(value);
  }
}

function fitList(values: readonly unknown[], type: FieldType | undefined): AttributeValue | undefined {
  if (!values.every(isScalar)) return undefined;
  if (type === undefined || type === 'string') return values.map(String);
  return values.length === 1 ? fitValue(values[0], type) : undefined;
}

/** Whether a cell says nothing. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function isScalar(value: unknown): value is string | number | boolean {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

function fitNumber(value: string | number | boolean): number | undefined {
  if (typeof value === 'boolean' || isBlank(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function fitDate(value: string | number | boolean): number | undefined {
  if (typeof value === 'string') return readMoment(value.trim());
  return typeof value === 'number' && !Number.isNaN(new Date(value).getTime()) ? value : undefined;
}

function fitBoolean(value: string | number | boolean): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = String(value).toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return true;
  return ['false', 'no', '0'].includes(word) ? false : undefined;
}
