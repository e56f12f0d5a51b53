import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { FieldTypes, Item, ItemImage } from '../../../../src/vocabulary/item.ts';
import type { Catalogue, Mapping } from './catalogue-file.ts';
import { checkItem, fitValue, isBlank } from './item-check.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An item of the catalogue with where its pictures are: paths in the picture folder, or URLs. */
export interface MappedItem {
  readonly item: Item;
  readonly pictures: readonly string[];
}

/** @throws MedleyError INVALID_ITEM with every problem of the record. */
export function mapItem(fields: Fields, catalogue: Catalogue, types: FieldTypes): MappedItem {
  const { fields: map } = catalogue;
  const amount = map.price && number(fields, map.price, 'price');
  const given = {
    id: words(fields, map.id),
    title: words(fields, map.title),
    description: map.description && words(fields, map.description),
    category: map.category && path(fields, map.category),
    brand: map.brand && words(fields, map.brand),
    price: amount === undefined ? undefined : { amount, currency: map.currency && words(fields, map.currency) },
    inStock: map.inStock && flag(fields, map.inStock),
    groupId: map.groupId && words(fields, map.groupId),
    popularity: map.popularity && number(fields, map.popularity, 'popularity'),
    createdAt: map.createdAt && words(fields, map.createdAt),
    attributes: attributesOf(fields, catalogue),
  };
  const item = checkItem(given, types);
  const pictures = catalogue.images ? listed(fields[catalogue.images.field]) : [];
  return { item: { ...item, images: imagesOf(item, pictures, catalogue) }, pictures };
}

function imagesOf({ title }: Item, pictures: readonly string[], { name, images }: Catalogue): readonly ItemImage[] {
  const base = images?.baseUrl ?? `/pictures/${name}/`;
  return pictures.map((picture) => ({
    url: /^https?:/.test(picture) ? picture : base + picture.split('/').map(encodeURIComponent).join('/'),
    alt: title,
  }));
}

function attributesOf(fields: Fields, { attributes }: Catalogue): Fields {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, of]) => [name, raw(fields, typeof of === 'string' ? name : of.field)]),
  );
}

function raw(fields: Fields, mapping: Mapping): unknown {
  if (typeof mapping === 'string') return fields[mapping];
  return Array.isArray(mapping) ? words(fields, mapping) : mapping.value;
}

function words(fields: Fields, mapping: Mapping): string | undefined {
  const values = Array.isArray(mapping) ? mapping.map((name) => fields[name]) : [raw(fields, mapping)];
  const joined = values.flatMap(listed).join(' ').trim();
  return joined === '' ? undefined : joined;
}

/** A category path: a list, several fields, or a text whose parts ">" or "/" divides. */
function path(fields: Fields, mapping: Mapping): readonly string[] {
  const values = Array.isArray(mapping) ? mapping.map((name) => fields[name]) : [raw(fields, mapping)];
  const parts = values.flatMap((value) => (typeof value === 'string' ? value.split(/\s*[>/]\s*/) : listed(value)));
  return [...new Set(parts.filter((part) => part !== ''))];
}

function number(fields: Fields, mapping: Mapping, name: string): number | undefined {
  const value = raw(fields, mapping);
  if (isBlank(value)) return undefined;
  const fitted = fitValue(value, 'number');
  if (typeof fitted === 'number') return fitted;
  throw new MedleyError('INVALID_ITEM', `${name}: expected a number, got ${JSON.stringify(value)}.`);
}

function flag(fields: Fields, mapping: Mapping): boolean | undefined {
  const value = raw(fields, mapping);
  if (isBlank(value)) return undefined;
  const fitted = fitValue(value, 'boolean');
  if (typeof fitted === 'boolean') return fitted;
  throw new MedleyError('INVALID_ITEM', `inStock: expected true or false, got ${JSON.stringify(value)}.`);
}

function listed(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(listed);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
