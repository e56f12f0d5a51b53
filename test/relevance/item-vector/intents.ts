import { colourWords, FASHION } from '../colours/coloured-item.ts';
import type { ColouredItem } from '../colours/coloured-item.ts';
import type { EncodedRecord } from '../encodings/encoded-data.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';

export type Part = 'train' | 'validation' | 'test';

/** An item that can be found, or whose photo stands for what a viewer took a picture of. */
export interface Photographed extends ColouredItem {
  readonly record: EncodedRecord;
  /** As a hasty seller would write it: half of the titles do not name the colour. */
  readonly title: string;
}

/** What a viewer asks, in words or by a photo; right is every item of the same type and colour, and for the same wearer if told. */
export interface Intent {
  readonly words?: string;
  readonly photo?: Photographed;
  readonly answers: readonly number[];
}

/** One part of the split: its items, and what is asked of them. */
export interface ShopPart {
  readonly items: readonly Photographed[];
  readonly text: readonly Intent[];
  readonly picture: readonly Intent[];
}

/** A quarter of the photos ask, the others are found. */
const ASKING = 0.25;
const HASTY = 0.5;

/**
 * No item, no photo that asks and no wording of one part is in another: items and photos are divided by their ids, wordings by what
 * they say. The shops' own engagement is not public, so items of the same looks stand for what was clicked.
 */
export function shopPart(records: readonly EncodedRecord[], part: Part): ShopPart {
  const isColour = colourWords(records.flatMap(({ fields }) => FASHION.read(fields) ?? []));
  const photographed = records.flatMap((record) => {
    const looks = FASHION.read(record.fields);
    if (!looks || !record.encodings.features) return [];
    const hasty = placeOf(`hasty\0${looks.id}`) < HASTY;
    const { title } = hasty ? FASHION.withhold(record.fields, isColour) : record.fields;
    return [{ ...looks, record, title: String(title) }];
  });
  const mine = photographed.filter(({ id }) => partOf(id) === part);
  const items = mine.filter(({ id }) => placeOf(`side\0${id}`) >= ASKING);
  const photos = mine.filter(({ id }) => placeOf(`side\0${id}`) < ASKING);
  const byWords = wordings(items);
  const text = [...byWords].flatMap(([words, answers]) => (partOf(words) === part ? [{ words, answers }] : []));
  const picture = photos.flatMap((photo) => {
    const answers = byWords.get(wordsOf(photo, true));
    return answers ? [{ photo, answers }] : [];
  });
  return { items, text, picture };
}

function partOf(what: string): Part {
  const place = placeOf(`part\0${what}`);
  return place < 0.55 ? 'train' : place < 0.65 ? 'validation' : 'test';
}

function wordings(items: readonly Photographed[]): ReadonlyMap<string, readonly number[]> {
  const numbered = items.map((item, at) => ({ item, at }));
  const grouped = [true, false].flatMap((withWearer) => [
    ...Map.groupBy(numbered, ({ item }) => wordsOf(item, withWearer)),
  ]);
  return new Map(grouped.map(([words, all]) => [words, all.map(({ at }) => at)]));
}

function wordsOf({ colour, type, wearer }: ColouredItem, withWearer: boolean): string {
  return withWearer ? `${colour} ${type} for ${wearer ?? ''}` : `${colour} ${type}`;
}
