import { alike, isCaseless } from '../../../../src/vocabulary/alike-values.ts';
import type { FieldTypes } from '../../../../src/vocabulary/item.ts';

/** A field of the catalogue as an index keeps it: its values as words, and, where they have an order, as a number. */
export interface IndexedField {
  readonly field: string;
  /** Keywords, one a value. */
  readonly words: string;
  /** A double; absent where the type has no numbers. */
  readonly number?: string;
  /** What its words begin with in `VALUES`; absent where letters of another case make another value. */
  readonly caseless?: string;
}

/** The one field that holds the words of all fields in small letters: one beside each would be too many fields. */
export const VALUES = 'values';

/** The fields by name. Fields may be called anything and names in an index may not, so they are numbered and told apart by reading. Generations of before there was `VALUES` have none. */
export function indexedFields(fields: FieldTypes, { caseless = true } = {}): ReadonlyMap<string, IndexedField> {
  const names = Object.keys(fields).sort();
  const entries = names.map((field, place): readonly [string, IndexedField] => {
    const name = `${place}_${field.replaceAll(/[^A-Za-z0-9]/g, '_').slice(0, 40)}`;
    const ordered = fields[field] === 'number' || fields[field] === 'date';
    const indexed = { field, words: `words_${name}`, ...(ordered && { number: `number_${name}` }) };
    const letters = caseless && fields[field] === 'string' && isCaseless(field);
    return [field, { ...indexed, ...(letters && { caseless: `${place}:` }) }];
  });
  return new Map(entries);
}

/** A word of a field as `VALUES` has it; undefined where it is not there. */
export function inSmallLetters(word: string, { field, caseless }: IndexedField): string | undefined {
  return caseless === undefined ? undefined : caseless + alike(field, word);
}
