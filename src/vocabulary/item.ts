import { stepsOf } from './category-path.ts';
import { readMoment } from './moment.ts';

/** What a shop sells, shows or lends, and how it is described. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly brand?: string;
  /** The path from the root of the category tree. */
  readonly category: readonly string[];
  readonly images: readonly ItemImage[];
  readonly price?: Money;
  readonly inStock?: boolean;
  /** Variants of one item share a group. */
  readonly groupId?: string;
  /** 0 and up; only its order and its logarithm are used. */
  readonly popularity?: number;
  /** ISO 8601. */
  readonly createdAt?: string;
  /**
   * How well its pictures show what its words say, 0 to 1: about .9 for a typical item, .1 where the picture could be any other's.
   * Measured when it is indexed; absent where words and pictures cannot be compared.
   */
  readonly pictureMatch?: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export type AttributeValue = string | number | boolean | readonly string[];

export interface ItemImage {
  /** What a client loads: an absolute URL, or a path on this server. */
  readonly url: string;
  readonly alt: string;
}

export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** How a field's values are compared, filtered and counted. */
export type FieldType = 'string' | 'number' | 'boolean' | 'date';

/** The fields of a catalogue that can be filtered, faceted and sorted by, attributes included, by name. */
export type FieldTypes = Readonly<Record<string, FieldType>>;

/** The fields that every catalogue has. */
export const BUILT_IN_FIELDS: FieldTypes = {
  brand: 'string',
  category: 'string',
  categoryPath: 'string',
  price: 'number',
  currency: 'string',
  inStock: 'boolean',
  groupId: 'string',
  popularity: 'number',
  createdAt: 'date',
  pictureMatch: 'number',
};

export type FieldValue = string | number | boolean;

/** What an item has in a field, as `fieldValues` says it but in no order; of the fields that were asked for. */
export type FieldsOf = (field: string) => readonly FieldValue[];

/** The values of a field of an item: none, one, or several (a category path, a list attribute). Dates are epoch milliseconds. */
export function fieldValues(item: Item, field: string): readonly FieldValue[] {
  switch (field) {
    case 'price':
      return item.price ? [item.price.amount] : [];
    case 'currency':
      return item.price ? [item.price.currency] : [];
    case 'createdAt': {
      const at = readMoment(item.createdAt ?? '');
      return at === undefined ? [] : [at];
    }
    case 'category':
      return item.category;
    case 'categoryPath':
      return stepsOf(item.category);
    case 'brand':
    case 'inStock':
    case 'groupId':
    case 'popularity':
    case 'pictureMatch': {
      const value = item[field];
      return value === undefined ? [] : [value];
    }
    default: {
      const value = Object.hasOwn(item.attributes, field) ? item.attributes[field] : undefined;
      if (value === undefined) return [];
      return typeof value === 'object' ? value : [value];
    }
  }
}

export function fieldsOf(item: Item): FieldsOf {
  return (field) => fieldValues(item, field);
}

/** The one number of a field; undefined where there is none. */
export function numberIn(fields: FieldsOf, field: string): number | undefined {
  const [value] = fields(field);
  return typeof value === 'number' ? value : undefined;
}
