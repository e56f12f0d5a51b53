import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { withoutMark } from '../../../../src/runtime/byte-order-mark.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { BUILT_IN_FIELDS } from '../../../../src/vocabulary/item.ts';
import type { FieldTypes } from '../../../../src/vocabulary/item.ts';
import { fieldProblem } from '../../../../src/runtime/field-problem.ts';

const source = z.string().min(1);

/** Where a field's value comes from: one field of the source, several joined by spaces, or the same value for every item. */
const mapping = z.union(
  [source, z.array(source).min(1), z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]) })],
  'expected the name of a field of the source, a list of such names, or { "value": ... }',
);

export type Mapping = z.infer<typeof mapping>;

const type = z.enum(['string', 'number', 'boolean', 'date']);

const attribute = z.union(
  [type, z.strictObject({ field: mapping, type })],
  'expected string, number, boolean or date, or { "field": ..., "type": ... } with one of them',
);

const schema = z.strictObject({
  name: z.string().regex(/^[\w-]{1,80}$/, 'expected at most 80 letters, digits, _ and -'),
  /** What paths are relative to: the folder of this file, or the folder that Medley runs in. */
  root: z.enum(['file', 'project']).default('file'),
  items: z.strictObject({ file: source, format: z.enum(['jsonl', 'ndjson', 'csv']).default('jsonl') }),
  images: z.strictObject({ folder: source.optional(), field: source, baseUrl: z.string().optional() }).optional(),
  fields: z.strictObject({
    id: mapping,
    title: mapping,
    description: mapping.optional(),
    category: mapping.optional(),
    brand: mapping.optional(),
    price: mapping.optional(),
    currency: mapping.optional(),
    inStock: mapping.optional(),
    groupId: mapping.optional(),
    popularity: mapping.optional(),
    createdAt: mapping.optional(),
  }),
  attributes: z.record(source, attribute).default({}),
});

/** A catalogue file, read and checked; paths are absolute, and `-` stands for the standard input of the command. */
export type Catalogue = z.infer<typeof schema>;

/** @throws MedleyError INVALID_CATALOGUE with every problem of the file. */
export async function readCatalogue(path: string): Promise<Catalogue> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MedleyError(
      'INVALID_CATALOGUE',
      `The catalogue file ${path} cannot be read. Check its path and its permissions.`,
      {
        cause,
      },
    );
  });
  const catalogue = parseCatalogue(text);
  const root = catalogue.root === 'project' ? process.cwd() : dirname(resolve(path));
  const { items, images } = catalogue;
  return {
    ...catalogue,
    items: { ...items, file: items.file === '-' ? '-' : resolve(root, items.file) },
    images: images && { ...images, folder: images.folder && resolve(root, images.folder) },
  };
}

/** @throws MedleyError INVALID_CATALOGUE with every problem of the text. */
export function parseCatalogue(text: string): Catalogue {
  let json: unknown;
  try {
    json = JSON.parse(withoutMark(text));
  } catch (cause) {
    throw new MedleyError('INVALID_CATALOGUE', `The catalogue file is not JSON: ${String(cause)}.`, { cause });
  }
  const read = schema.safeParse(json);
  const reserved = [...Object.keys(BUILT_IN_FIELDS), 'id', 'title', 'description'];
  const clashes = Object.keys(read.data?.attributes ?? {}).filter((name) => reserved.includes(name));
  const problems = [
    ...(read.error?.issues ?? []).map((issue) => fieldProblem(issue, json, 'the file')),
    ...(read.data?.fields.price && !read.data.fields.currency
      ? ['fields.currency: a price needs a currency; { "value": "EUR" } sets the same one for all items']
      : []),
    ...clashes.map((name) => `attributes.${name}: every catalogue has this field; map it under "fields"`),
  ];
  if (read.data && problems.length === 0) return read.data;
  throw new MedleyError('INVALID_CATALOGUE', `The catalogue file is wrong:\n${problems.join('\n')}`);
}

/** Every field that can be filtered, faceted and sorted by. */
export function fieldTypes({ attributes }: Catalogue): FieldTypes {
  const own = Object.entries(attributes).map(([name, of]) => [name, typeof of === 'string' ? of : of.type] as const);
  return { ...BUILT_IN_FIELDS, ...Object.fromEntries(own) };
}
