import { fold, foldedWords, phraseWords } from '../written-words.ts';
import type { Cluster } from './cluster.ts';
import type { Generation } from './generations.ts';
import { SHOWN_AS } from './item-document.ts';
import { mendedPhrases } from './mended-phrases.ts';
import { askPhrases, firstLetters, fittingAll, READ, wordPattern } from './phrase-request.ts';
import type { Sought } from './phrase-request.ts';
import { literal } from './regular-expression.ts';

/**
 * Titles, brands and categories that begin with a prefix, then those with a later word that does; where none does, those that would with
 * a slip mended. Each most common first, then in the order of the alphabet. For the later ones, which take longer, is asked only where
 * the others are too few, and some items are read; for slips only where there is nothing else.
 */
export async function suggestPhrases(
  cluster: Cluster,
  generation: Generation,
  { prefix, limit }: { readonly prefix: string; readonly limit: number },
): Promise<readonly string[]> {
  const start = fold(prefix.replaceAll(SHOWN_AS, '').trim());
  if (start === '') return [];
  const beginning = await askPhrases(cluster, generation, { ...beginningSo(start), limit });
  const words = foldedWords(start);
  if (beginning.length >= limit || words.length === 0) return beginning.slice(0, limit);
  const later = await askPhrases(cluster, generation, { ...havingLater(start, words), limit });
  const found = [...beginning, ...later.filter((phrase) => hasAll(phrase, words.slice(0, -1)))];
  return (found.length > 0 ? found : await mendedPhrases(cluster, generation, { words, limit })).slice(0, limit);
}

/** The first letters find the items through one lookup, and the whole prefix finds the phrases among theirs. */
function beginningSo(start: string): Sought {
  return { query: [{ term: { 'phrases.starts': firstLetters(start) } }], phrases: { include: begins(start) } };
}

/**
 * The words find the items, and again the phrases among theirs, one by one: not the whole dictionary is looked through. Generations of
 * before there was such a lookup have none of these.
 */
function havingLater(start: string, words: readonly string[]): Sought {
  const patterns = words.map((word, at) => (at < words.length - 1 ? wordPattern([word]) : wordPattern([], [word])));
  return {
    query: words.map((word) => ({ term: { 'phrases.words': firstLetters(word) } })),
    phrases: { include: fittingAll(patterns), exclude: begins(start), execution_hint: 'map' },
    most: READ,
  };
}

function hasAll(phrase: string, words: readonly string[]): boolean {
  const its = phraseWords(phrase);
  return words.every((word) => its.has(word));
}

/** The regular expression of what begins so. */
function begins(start: string): string {
  return `${literal(start)}.*`;
}
