import type { FieldTypes } from '../../../../src/vocabulary/item.ts';

/** A field of the catalogue as an index keeps it: its values as words, and, where they have an order, as a number. */
export interface IndexedField {
  readonly field: string;
  /** Keywords, one a value. */
  readonly words: string;
  /** A double; absent where the type has no numbers. */
  readonly number?: string;
}

/** The fields by name. Fields may be called anything and names in an index may not, so they are numbered and told apart by reading. */
export function indexedFields(fields: FieldTypes): ReadonlyMap<string, IndexedField> {
  const names = Object.keys(fields).sort();
  const entries = names.map((field, place): readonly [string, IndexedField] => {
    const name = `${place}_${field.replaceAll(/[^A-Za-z0-9]/g, '_').slice(0, 40)}`;
    const ordered = fields[field] === 'number' || fields[field] === 'date';
    return [field, { field, words: `words_${name}`, ...(ordered && { number: `number_${name}` }) }];
  });
  return new Map(entries);
}
