import type { Item } from '../../../src/vocabulary/item.ts';
import type { Synonyms } from '../index/synonyms.ts';
import { highlights } from './highlights.ts';
import type { Highlight } from './highlights.ts';
import { soughtWords } from './sought-words.ts';
import type { SoughtWords } from './sought-words.ts';

/** Shows where an item says what was asked for, in excerpts of about so many characters. */
export type Highlighter = (item: Item, length: number) => readonly Highlight[];

/** Where nothing was asked for in words. */
export const NOTHING_SAID: Highlighter = () => [];

/** The words are read when the first item is shown: most requests ask for none. */
export function highlighter(words: string | undefined, synonyms: Synonyms): Highlighter {
  if (words === undefined) return NOTHING_SAID;
  let sought: SoughtWords | undefined;
  return (item, length) => highlights(item, (sought ??= soughtWords(words, synonyms)), length);
}
