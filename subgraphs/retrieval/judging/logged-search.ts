import type { SearchRequest } from '../../../src/vocabulary/search-request.ts';
import type { Reaction } from '../../../src/vocabulary/viewer-event.ts';
import type { Window } from '../ranking/window.ts';

/** One search in words alone, and what came of it. Nothing in it tells who asked. */
export interface LoggedSearch {
  /** As they were meant, in lower case: searches of the same words are one query. */
  readonly words: string;
  /** The same number for the same viewer, within one reading of the log. */
  readonly viewer: number;
  readonly shown: readonly ShownItem[];
}

export interface ShownItem {
  readonly item: string;
  /** From 1. */
  readonly position: number;
  /** How much the strongest choice says (user-profile's weight of the action); 0 where it was not chosen. */
  readonly worth: number;
}

/** The words of a search that the profile alone has ranked; undefined where a picture, a filter, an order or weights were asked for. */
export function wordsAlone({ request, didYouMean }: Pick<Window, 'request' | 'didYouMean'>): string | undefined {
  if (request.kind !== 'SEARCH' || isRankedOtherwise(request)) return undefined;
  const [part, ...others] = request.parts;
  if (part?.kind !== 'TEXT' || part.weight <= 0 || others.length > 0) return undefined;
  return (didYouMean ?? part.text).trim().replace(/\s+/gu, ' ').toLowerCase();
}

function isRankedOtherwise({ filter, sort, weights, personalization }: SearchRequest & { readonly kind: 'SEARCH' }) {
  return filter !== undefined || sort.length > 0 || weights !== undefined || personalization.strength !== undefined;
}

/**
 * What the viewer looked at: where impressions were sent, those and what was chosen; else every page up to that of the last choice, and
 * the first one at least.
 */
export function shownIn({ request, hits }: Window, reactions: readonly Reaction[]): readonly ShownItem[] {
  const worths = new Map(reactions.map(({ itemId, worth }) => [itemId, worth]));
  const items = hits.map(({ id }, place) => ({ item: id, position: place + 1, worth: worths.get(id) ?? 0 }));
  if (reactions.some(({ worth }) => worth === 0)) return items.filter(({ item }) => worths.has(item));
  const last = items.findLast(({ worth }) => worth > 0)?.position ?? 1;
  return items.slice(0, Math.ceil(last / request.first) * request.first);
}
