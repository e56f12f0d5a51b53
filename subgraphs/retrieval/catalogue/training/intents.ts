import type { TextEncoder } from '../../../../src/inference/encoder.ts';
import type { Item } from '../../../../src/vocabulary/item.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { ItemEncodings } from '../encoding/encode-items.ts';
import type { DrawnSample } from '../fitting/draw-sample.ts';
import type { SampleItem } from '../fitting/fit-sample.ts';
import { shortQuery } from '../encoding/item-text.ts';
import { phrasesOf, valuesOf } from './phrases.ts';

/** An item as a fit sees it, with its record. */
export type NamedItem = SampleItem & Pick<ItemEncodings, 'photos'> & { readonly own: Item };

/** A wording that viewers typed, or might type. */
export interface Wording {
  readonly kind: 'logged' | 'phrase' | 'title';
  readonly text: string;
  readonly vector: Vector;
  /** Rows of the items that it fits. */
  readonly answers: readonly number[];
}

/** A photo of one of the items, for which others are looked for that answer what it answers. */
export interface Photo {
  readonly row: number;
  /** Without the item itself. */
  readonly answers: readonly number[];
}

/** What viewers might ask of some items, and which of these answer it. */
export interface Intents {
  readonly words: readonly Wording[];
  readonly photos: readonly Photo[];
}

export function namedItems({ sample, items }: DrawnSample): readonly NamedItem[] {
  return sample.items.flatMap((item, i) => {
    const own = items[i]?.item;
    return own ? [{ ...item, own }] : [];
  });
}

/** The same items with each of several pictures alone. */
export async function withPhotos(items: readonly NamedItem[], drawn: DrawnSample): Promise<readonly NamedItem[]> {
  const photos = await drawn.photosOf?.(items.map(({ own }) => own.id));
  return photos ? items.map((item) => ({ ...item, photos: photos.get(item.own.id) })) : items;
}

/**
 * Logged queries with the items that were chosen; then, as many of each, phrases of what records say with all items that they fit, and
 * words of titles; at most so many wordings, and so many photos. Nobody keeps viewers' photos, so a photo of one item stands for a photo of those that
 * were chosen for the same words, or fit the same phrase: of its wordings the narrowest that others fit, too.
 */
export async function intentsOf(
  items: readonly NamedItem[],
  { encoder, most }: { readonly encoder: TextEncoder; readonly most: number },
): Promise<Intents> {
  const logged = loggedWordings(items);
  const phrases = fittingPhrases(items);
  const left = Math.max(0, most - logged.length);
  const titles = spread(titleWords(items), Math.ceil(left / 2));
  const chosen = [...spread(phrases, left - titles.length), ...titles];
  const vectors = await encoder.encode(chosen.map(({ text }) => ({ text, role: 'query' })));
  const made = chosen.flatMap((written, i): Wording[] => {
    const vector = vectors[i];
    return vector instanceof Float32Array ? [{ ...written, vector }] : [];
  });
  const photos = photosOf(items, [...logged, ...phrases]);
  return { words: [...logged, ...made].slice(0, most), photos: spread(photos, most) };
}

type Written = Omit<Wording, 'vector'>;

function loggedWordings(items: readonly NamedItem[]): readonly Wording[] {
  const asked = items.flatMap(({ queries }, row) => queries.map((query) => ({ ...query, row })));
  return [...Map.groupBy(asked, ({ text }) => text)].flatMap(([text, same]) => {
    const [first] = same;
    return first ? [{ kind: 'logged' as const, text, vector: first.vector, answers: distinct(same) }] : [];
  });
}

function fittingPhrases(items: readonly NamedItem[]): readonly Written[] {
  const records = items.map(({ own }) => own);
  const having = new Map<string, Set<number>>();
  for (const [row, record] of records.entries())
    for (const value of valuesOf(record)) having.set(value, (having.get(value) ?? new Set()).add(row));
  const fitting = (values: readonly string[]): readonly number[] => {
    const [rarest, ...others] = values.map((value) => having.get(value) ?? new Set<number>()).sort(bySize);
    return [...(rarest ?? [])].filter((row) => others.every((rows) => rows.has(row)));
  };
  const phrases = new Map(
    phrasesOf(records)
      .flat()
      .map((phrase) => [phrase.text, phrase.values]),
  );
  return [...phrases].map(([text, values]) => ({ kind: 'phrase', text, answers: fitting(values) }));
}

function titleWords(items: readonly NamedItem[]): readonly Written[] {
  const asked = items.map(({ own }, row) => ({ text: shortQuery(own), row }));
  const byText = Map.groupBy(asked, ({ text }) => text);
  return [...byText].map(([text, same]) => ({ kind: 'title', text, answers: distinct(same) }));
}

function photosOf(
  items: readonly NamedItem[],
  wordings: readonly { readonly answers: readonly number[] }[],
): readonly Photo[] {
  const narrowest = new Map<number, readonly number[]>();
  for (const { answers } of wordings.filter((one) => one.answers.length > 1))
    for (const row of answers)
      if (answers.length < (narrowest.get(row)?.length ?? Infinity)) narrowest.set(row, answers);
  return items.flatMap(({ features }, row) => {
    const answers = narrowest.get(row)?.filter((other) => other !== row && items[other]?.features) ?? [];
    return features && answers.length > 0 ? [{ row, answers }] : [];
  });
}

/** At most so many, from all over the list. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]).flatMap((one) => one ?? []);
}

function distinct(found: readonly { readonly row: number }[]): readonly number[] {
  return [...new Set(found.map(({ row }) => row))];
}

function bySize(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  return a.size - b.size;
}
