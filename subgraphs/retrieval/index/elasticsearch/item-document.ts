import { fieldValues } from '../../../../src/vocabulary/item.ts';
import type { Item } from '../../../../src/vocabulary/item.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { vectorsBy } from '../columns.ts';
import { COLUMNS } from '../item-index.ts';
import type { Column, GenerationHead, ItemRow } from '../item-index.ts';
import { itemTerms } from '../lexicon.ts';
import { fold } from '../fold.ts';
import { phraseWords } from '../written-words.ts';
import { inSmallLetters, VALUES } from './field-names.ts';
import type { IndexedField } from './field-names.ts';

/** Between a phrase as it is found, as it is shown, and its words. */
export const SHOWN_AS = '\u0000';
/** Before each word of a phrase, and after the last. */
export const WORD = '\u0001';

/** An item as a line of JSON for the index: as it is, its terms, what filters ask, what is suggested, and its vectors. */
export function itemDocument({ item, vectors }: ItemRow, fields: ReadonlyMap<string, IndexedField>): string {
  const { title, whole } = itemTerms(item);
  const words = [...fields.values()].flatMap((field) => wordsOf(item, field));
  const document = {
    id: item.id,
    item,
    title: title.join(' '),
    terms: whole.join(' '),
    phrases: phrasesOf(item),
    ...Object.fromEntries([...fields.values()].flatMap((field) => filterValues(item, field))),
    ...(words.length > 0 && { [VALUES]: words }),
  };
  const columns = COLUMNS.flatMap((column) => {
    const its = vectors[column];
    return its ? [`,"${column}":${digits(its)}`] : [];
  });
  return `${JSON.stringify(document).slice(0, -1)}${columns.join('')}}`;
}

/** Nine digits tell every 32-bit float from every other; JavaScript would write seventeen. */
function digits(vector: Vector): string {
  let text = '[';
  for (let i = 0; i < vector.length; i++) text += (i === 0 ? '' : ',') + (vector[i] ?? 0).toPrecision(9);
  return `${text}]`;
}

function filterValues(item: Item, { field, words, number }: IndexedField): readonly (readonly [string, unknown])[] {
  const values = fieldValues(item, field);
  const ordered = number === undefined ? undefined : values.find((value) => typeof value === 'number');
  return [
    ...(values.length > 0 ? [[words, values.map(String)] as const] : []),
    ...(number !== undefined && Number.isFinite(ordered) ? [[number, ordered] as const] : []),
  ];
}

function wordsOf(item: Item, indexed: IndexedField): readonly string[] {
  return fieldValues(item, indexed.field).flatMap((value) => inSmallLetters(String(value), indexed) ?? []);
}

function phrasesOf(item: Item): readonly string[] {
  const texts = [item.title, item.brand ?? '', ...item.category].map((text) => text.trim());
  return [...new Set(texts.filter((text) => text !== '').map(writtenPhrase))];
}

function writtenPhrase(text: string): string {
  const folded = fold(text);
  const words = [...phraseWords(folded)].map((word) => WORD + word);
  return [folded, text, `${words.join('')}${WORD}`].join(SHOWN_AS);
}

/** What of a hit is read back. */
export interface StoredItem {
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Null where the item lacks a column. */
export function storedVectors(head: GenerationHead, stored: StoredItem): ItemRow['vectors'] {
  return vectorsBy(head, (column) => storedVector(stored, column));
}

/** Null where the item lacks the column. */
export function storedVector({ fields }: StoredItem, column: Column): Vector | null {
  const numbers = fields?.[column];
  return Array.isArray(numbers) ? Float32Array.from(numbers as number[]) : null;
}
