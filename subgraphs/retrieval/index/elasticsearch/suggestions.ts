import { isReadIn, respacings } from '../respacings.ts';
import type { Respacing } from '../respacings.ts';
import { fold } from '../fold.ts';
import { foldedWords, phraseWords } from '../written-words.ts';
import type { SuggestReading } from '../item-index.ts';
import type { Cluster } from './cluster.ts';
import type { Generation } from './generations.ts';
import { SHOWN_AS, WORD } from './item-document.ts';
import { mendedPhrases } from './mended-phrases.ts';
import { askPhrases, firstLetters, fittingAll, READ, wordPattern } from './phrase-request.ts';
import type { Sought } from './phrase-request.ts';
import { literal } from './regular-expression.ts';

/**
 * Titles, brands and categories that begin with a prefix, then those with a later word that does, then those that would with a space
 * more or less; where none does, those that would with a slip mended. Each most common first, then in the order of the alphabet. For
 * the later ones and those after them, which take longer, is asked only where the others are too few, and some items are read; for
 * slips only where there is nothing else.
 */
export async function suggestPhrases(
  cluster: Cluster,
  generation: Generation,
  { prefix, limit, asTyped = false }: SuggestReading & { readonly prefix: string; readonly limit: number },
): Promise<readonly string[]> {
  const start = fold(prefix.replaceAll(SHOWN_AS, '').trim());
  if (start === '') return [];
  const beginning = await askPhrases(cluster, generation, { ...beginningSo(start), limit });
  const words = foldedWords(start);
  if (beginning.length >= limit || words.length === 0) return beginning.slice(0, limit);
  const later = await askPhrases(cluster, generation, { ...havingLater(start, words), limit });
  const found = [...beginning, ...later.filter((phrase) => hasAll(phrase, words.slice(0, -1)))];
  if (found.length >= limit) return found.slice(0, limit);
  found.push(...(await respacedPhrases(cluster, generation, { words, limit, butFor: found })));
  return (found.length > 0 || asTyped ? found : await mendedPhrases(cluster, generation, { words, limit })).slice(
    0,
    limit,
  );
}

interface TooFew {
  readonly words: readonly string[];
  readonly limit: number;
  readonly butFor: readonly string[];
}

async function respacedPhrases(
  cluster: Cluster,
  generation: Generation,
  { words, limit, butFor }: TooFew,
): Promise<readonly string[]> {
  const readings = respacings(words);
  if (readings.length === 0) return [];
  const phrases = await askPhrases(cluster, generation, { ...readSo(readings), limit: limit + butFor.length });
  const known = new Set(butFor.map(fold));
  return phrases.filter((phrase) => !known.has(fold(phrase)) && readings.some((reading) => isReadIn(phrase, reading)));
}

/** Words beside each other are found beside each other, by how they begin; one expression finds the phrases that have any of the runs. */
function readSo(readings: readonly Respacing[]): Sought {
  const should = readings.map(({ before, run, after }) => {
    const others = [...before, ...after].map((word) => ({ term: { 'phrases.words': firstLetters(word) } }));
    const clauses = run.map((word) => ({ span_term: { 'phrases.words': firstLetters(word) } }));
    const beside = { span_near: { clauses, slop: 0, in_order: true } };
    return { bool: { filter: [...others, beside] } };
  });
  const runs = readings.map(({ run, after }) => run.join(WORD) + (after.length > 0 ? WORD : ''));
  return {
    query: [{ bool: { should } }],
    phrases: { include: wordPattern([], [...new Set(runs)]), execution_hint: 'map' },
    most: READ,
  };
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
