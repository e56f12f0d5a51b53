import type { SearchQuery } from '../../../src/vocabulary/search-request.ts';
import type { Reaction } from '../../../src/vocabulary/viewer-event.ts';
import type { Hit } from '../ranking/hit.ts';
import type { Count, Window } from '../ranking/window.ts';

/** One search in words, and what came of it. Nothing in it tells who asked. */
export interface LoggedSearch {
  /** Epoch milliseconds. */
  readonly at: number;
  /** As they were typed, in lower case. */
  readonly typed: string;
  /** As they were meant, in lower case: searches of the same words are one query. */
  readonly words: string;
  /** The same number for the same viewer, within one reading of the log; who is unknown is somebody else each time. */
  readonly viewer: number;
  readonly known: boolean;
  /** The profile alone has ranked it: no filter, order, weights or strength of the viewer's own. */
  readonly alone: boolean;
  readonly rankedBy: RankedBy;
  /** What the words found; absent where something else had a hand in it: the viewer, or a part that did not answer. */
  readonly found?: Found;
  readonly shown: readonly ShownItem[];
}

/** The version of a ranking profile. */
export interface RankedBy {
  readonly profile: string;
  readonly version: number;
  /** The request asked for this version, whatever is served. */
  readonly asked: boolean;
}

export interface Found {
  /** The best that any hit has: a word of the query (or its id, or a rule of the shop that put it there), or likeness alone. */
  readonly by: 'WORDS' | 'LIKENESS' | 'NOTHING';
  readonly total: Count;
  /** The words that no item has and nothing stood in for. */
  readonly unread: readonly string[];
}

export interface ShownItem {
  readonly item: string;
  /** From 1. */
  readonly position: number;
  /** How much the strongest choice says (user-profile's weight of the action); 0 where it was not chosen. */
  readonly worth: number;
}

/** The words that a search is for; undefined where it is for something else, too, or for nothing. */
export function wordsOf({ request }: Pick<Window, 'request'>): string | undefined {
  if (request.kind !== 'SEARCH') return undefined;
  const [part, ...others] = request.parts;
  return part?.kind === 'TEXT' && part.weight > 0 && others.length === 0 ? asQuery(part.text) : undefined;
}

/** Words that differ in spaces, in case or in how accents are encoded are one query. */
export function asQuery(words: string): string {
  return words.trim().replace(/\s+/gu, ' ').normalize('NFC').toLowerCase();
}

export function isRankedByProfile({ filter, sort, weights, personalization }: SearchQuery): boolean {
  return filter === undefined && sort.length === 0 && weights === undefined && personalization.strength === undefined;
}

export function rankedByIn({ profile, version }: Window['ranking'], asked: SearchQuery['profile']): RankedBy {
  return { profile, version, asked: asked?.version !== undefined };
}

/** An answer that lacked one of these parts may have found less than there is. */
const PARTLY: ReadonlySet<string> = new Set(['INDEX_PARTIAL', 'QUERY_EMBEDDING_UNREACHABLE']);

export function foundIn({ hits, ranking, total, degradations, unread = [] }: Window): Found | undefined {
  if (degradations.some(({ code }) => PARTLY.has(code))) return undefined;
  const all = { total, unread: unread.map(asQuery) };
  if (hits.length === 0) return { by: 'NOTHING', ...all };
  // Where words count for nothing, no hit tells whether it has one.
  const told = ranking.weights.some(({ signal }) => signal === 'LEXICAL');
  return { by: !told || hits.some(isByWords) ? 'WORDS' : 'LIKENESS', ...all };
}

function isByWords({ signals, named, pinnedBy }: Hit): boolean {
  return named !== undefined || pinnedBy !== undefined || typeof signals.LEXICAL?.rank === 'number';
}

/** By id of the hit. What came of a variant that is no hit itself came of the hit in whose place it was met. */
function worthsIn(hits: Window['hits'], reactions: readonly Reaction[]): ReadonlyMap<string, number> {
  const ids = new Set(hits.map(({ id }) => id));
  const worths = new Map<string, number>();
  for (const { itemId, worth, position = 0 } of reactions) {
    const hit = ids.has(itemId) ? itemId : hits[position - 1]?.id;
    if (hit !== undefined) worths.set(hit, Math.max(worth, worths.get(hit) ?? 0));
  }
  return worths;
}

/**
 * What the viewer looked at: where impressions were sent, those and what was chosen; else every page up to that of the last choice, and
 * the first one at least.
 */
export function shownIn(
  { hits }: Pick<Window, 'hits'>,
  { first }: Pick<SearchQuery, 'first'>,
  reactions: readonly Reaction[],
): readonly ShownItem[] {
  const worths = worthsIn(hits, reactions);
  const items = hits.map(({ id }, place) => ({ item: id, position: place + 1, worth: worths.get(id) ?? 0 }));
  if (reactions.some(({ worth }) => worth === 0)) return items.filter(({ item }) => worths.has(item));
  const last = items.findLast(({ worth }) => worth > 0)?.position ?? 1;
  return items.slice(0, Math.ceil(last / first) * first);
}
