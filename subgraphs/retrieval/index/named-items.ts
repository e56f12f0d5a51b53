import { isId } from '../../../src/vocabulary/id.ts';
import type { Candidate } from './item-index.ts';

/** The id that the words of a query may be; undefined where they can be none. */
export function idIn(words: string | undefined): string | undefined {
  const text = words?.trim() ?? '';
  return isId(text) ? text : undefined;
}

/** Of the ids that pass, those that a text names: the one written exactly so, or else all that differ by the case of letters alone. */
export function idsNamed(text: string, ids: readonly string[]): readonly string[] {
  return ids.includes(text) ? [text] : ids.filter((id) => letters(id) === letters(text));
}

/** What ids in letters of either case have in common. */
export function letters(id: string): string {
  return id.toLowerCase();
}

export function markNamed(found: readonly Candidate[], named: readonly string[]): readonly Candidate[] {
  if (named.length === 0) return found;
  return found.map((candidate) => (named.includes(candidate.id) ? { ...candidate, named: true } : candidate));
}
