import type { Item } from '../../../src/vocabulary/item.ts';
import type { Synonyms } from '../index/synonyms.ts';
import { highlightOf, tellingTexts } from './highlights.ts';
import type { Highlight, TellingText } from './highlights.ts';
import { soughtWords } from './sought-words.ts';
import type { SoughtWords } from './sought-words.ts';

/** Shows where an item says what was asked for, in excerpts of about so many characters. */
export type Highlighter = (item: Item, length: number) => readonly Highlight[];

/** Where nothing was asked for in words. */
export const NOTHING_SAID: Highlighter = () => [];

/** Words are read when the first item is shown, since most requests ask for none; an item once, however often and long it is to be shown. */
export function highlighter(words: string | undefined, synonyms: Synonyms): Highlighter {
  if (words === undefined) return NOTHING_SAID;
  let sought: SoughtWords | undefined;
  const read = new Map<Item, readonly TellingText[]>();
  return (item, length) => {
    sought ??= soughtWords(words, synonyms);
    const texts = read.get(item) ?? tellingTexts(item, sought);
    read.set(item, texts);
    return texts.map((text) => highlightOf(text, length));
  };
}
