import type { Item } from '../../../../src/vocabulary/item.ts';

/** Models read some 250 tokens; what comes after is lost in any case. */
const LONGEST = 1200;

const SAYS_SOMETHING = /\p{L}{2}/u;
const NAMES_A_FILE = /:\/\/|\.(?:jpe?g|png|webp|gif|avif|tiff?)$/i;

/** What an item says: its title, and everything that words tell about it, undefined where that is no more. */
export interface ItemTexts {
  readonly title: string;
  readonly whole?: string;
}

/** The texts that are encoded. The index reads the same fields for BM25 (index/lexicon.ts). */
export function itemTexts(item: Item): ItemTexts {
  const { title, category, brand, description } = item;
  const more = [category.join(', '), brand ?? '', saidInAttributes(item).join(', '), description ?? ''].filter(
    (part) => part !== '',
  );
  return more.length === 0 ? { title } : { title, whole: [title, ...more].join('. ').slice(0, LONGEST) };
}

/** The words of an item's attributes, each once: no numbers, and no names of files. */
export function saidInAttributes({ attributes }: Item): readonly string[] {
  const values = Object.values(attributes).flatMap((value) =>
    typeof value === 'string' ? [value] : typeof value === 'object' ? [...value] : [],
  );
  return [...new Set(values.filter((value) => SAYS_SOMETHING.test(value) && !NAMES_A_FILE.test(value)))];
}

/**
 * A query as a viewer might type it for this item: two or three words of its title, the last among them, since titles end in what
 * the thing is. The same at every build.
 */
export function shortQuery({ id, title }: Item): string {
  const words = title.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word));
  if (words.length <= 2) return title;
  const turn = Buffer.from(id).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7);
  const first = words[turn % (words.length - 1)] ?? '';
  return `${first} ${words.at(-1) ?? ''}`;
}
