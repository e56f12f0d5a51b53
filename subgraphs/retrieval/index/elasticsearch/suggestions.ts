import type { estypes } from '@elastic/elasticsearch';
import { fold, foldedWords } from '../written-words.ts';
import type { Cluster } from './cluster.ts';
import { LONGEST_START } from './generation-mapping.ts';
import type { Generation } from './generations.ts';
import { SHOWN_AS, WORD } from './item-document.ts';
import { literal } from './regular-expression.ts';

/** Phrases that are written in several ways are one: so many more are asked for. */
const SPELLINGS = 4;
/** How many words one expression looks for: an automaton doubles with each. */
const MOST_WORDS = 5;
/** Of how many items a shard the phrases are read for a later word: reading them one by one takes microseconds each. */
const READ = 1000;

/**
 * Titles, brands and categories that begin with a prefix, then those with a later word that does, each most common first, then in the
 * order of the alphabet. For the later ones, which take longer, is asked only where the others are too few, and some items are read.
 */
export async function suggestPhrases(
  cluster: Cluster,
  { index }: Generation,
  { prefix, limit }: { readonly prefix: string; readonly limit: number },
): Promise<readonly string[]> {
  const start = fold(prefix.replaceAll(SHOWN_AS, '').trim());
  if (start === '') return [];
  const ask = async (sought: Sought): Promise<readonly string[]> => {
    const { aggregations } = await cluster.ask((client, sending) =>
      client.search({ index, ...suggestRequest(sought, SPELLINGS * limit) }, sending),
    );
    const found = (aggregations?.['phrases'] as estypes.AggregationsStringTermsAggregate | undefined)?.buckets ?? [];
    return shownPhrases(found as readonly estypes.AggregationsStringTermsBucketKeys[]);
  };
  const beginning = await ask(beginningSo(start));
  const words = foldedWords(start);
  if (beginning.length >= limit || words.length === 0) return beginning.slice(0, limit);
  const later = await ask(havingLater(start, words));
  return [...beginning, ...later.filter((phrase) => hasAll(phrase, words.slice(0, -1)))].slice(0, limit);
}

/** Which items are looked up, and which of their phrases are counted. */
interface Sought {
  readonly query: readonly estypes.QueryDslQueryContainer[];
  readonly phrases: Pick<estypes.AggregationsTermsAggregation, 'include' | 'exclude' | 'execution_hint'>;
  /** How many of the items a shard reads; all of them where that is not said. */
  readonly most?: number;
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
  const patterns = words.map((word, at) => `.*${WORD}${word}${at < words.length - 1 ? WORD : ''}.*`);
  return {
    query: words.map((word) => ({ term: { 'phrases.words': firstLetters(word) } })),
    phrases: { include: patterns.slice(-MOST_WORDS).join('&'), exclude: begins(start), execution_hint: 'map' },
    most: READ,
  };
}

function hasAll(phrase: string, words: readonly string[]): boolean {
  const its = new Set(foldedWords(phrase));
  return words.every((word) => its.has(word));
}

/** The regular expression of what begins so. */
function begins(start: string): string {
  return `${literal(start)}.*`;
}

function suggestRequest({ query, phrases, most }: Sought, size: number): estypes.SearchRequest {
  return {
    size: 0,
    track_total_hits: false,
    ...(most !== undefined && { terminate_after: most }),
    query: { bool: { filter: [...query] } },
    aggs: {
      phrases: { terms: { field: 'phrases', ...phrases, size, order: [{ _count: 'desc' }, { _key: 'asc' }] } },
    },
  };
}

/** As many code points as an edge n-gram has. */
function firstLetters(start: string): string {
  return Array.from(start).slice(0, LONGEST_START).join('');
}

interface Phrase {
  readonly shown: string;
  count: number;
}

/** The most common way to write a phrase is shown, and all ways count. */
function shownPhrases(buckets: readonly estypes.AggregationsStringTermsBucketKeys[]): readonly string[] {
  const phrases = new Map<string, Phrase>();
  for (const { key, doc_count } of buckets) {
    const [folded = '', shown = ''] = String(key).split(SHOWN_AS);
    const known = phrases.get(folded);
    if (known) known.count += doc_count;
    else phrases.set(folded, { shown, count: doc_count });
  }
  const sorted = [...phrases].sort(([a, as], [b, bs]) => bs.count - as.count || (a < b ? -1 : 1));
  return sorted.map(([, { shown }]) => shown);
}
