import { fold } from '../index/fold.ts';
import type { ItemIndex } from '../index/item-index.ts';
import type { PopularSearches } from './popular-searches.ts';

/** A text to search for. */
export interface Suggestion {
  readonly text: string;
  /** Many viewers search for it; else items are called so. */
  readonly popular: boolean;
}

export interface SuggestionSources {
  readonly index: Pick<ItemIndex, 'suggest'>;
  readonly popular: PopularSearches;
}

/** What goes on with a text as it is typed: what many search, then what items are called. */
export async function suggest(
  { index, popular }: SuggestionSources,
  prefix: string,
  limit: number,
): Promise<readonly Suggestion[]> {
  const searched = popular.goingOnWith(prefix, limit);
  if (searched.length === limit) return searched.map((text) => ({ text, popular: true }));
  const known = new Set(searched.map(fold));
  const names = await index.suggest(prefix, limit, { asTyped: searched.length > 0 });
  const called = names.filter((text) => !known.has(fold(text)));
  return [
    ...searched.map((text) => ({ text, popular: true })),
    ...called.map((text) => ({ text, popular: false })),
  ].slice(0, limit);
}
