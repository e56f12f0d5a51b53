import type { estypes } from '@elastic/elasticsearch';
import type { Cluster } from './cluster.ts';
import { LONGEST_START } from './generation-mapping.ts';
import type { Generation } from './generations.ts';
import { SHOWN_AS, WORD } from './item-document.ts';

/** Phrases that are written in several ways are one: so many more are asked for. */
const SPELLINGS = 4;
/** How many words one expression looks for: an automaton doubles with each. */
const MOST_WORDS = 5;
/** How long such an expression may be, characters. */
const LONGEST_EXPRESSION = 1000;
/** Of how many items a shard the phrases are read for a later word: reading them one by one takes microseconds each. */
export const READ = 1000;

/** Which items are looked up, and which of their phrases are counted. */
export interface Sought {
  readonly query: readonly estypes.QueryDslQueryContainer[];
  readonly phrases: Pick<estypes.AggregationsTermsAggregation, 'include' | 'exclude' | 'execution_hint'>;
  /** How many of the items a shard reads; all of them where that is not said. */
  readonly most?: number;
}

/** Phrases as they are shown, the most common first, then in the order of the alphabet. */
export async function askPhrases(
  cluster: Pick<Cluster, 'ask'>,
  { index }: Pick<Generation, 'index'>,
  { limit, ...sought }: Sought & { readonly limit: number },
): Promise<readonly string[]> {
  const answer = await cluster.ask((client, sending) =>
    client.search({ index, ...phraseRequest(sought, SPELLINGS * limit) }, sending),
  );
  return shownPhrases(phraseBuckets(answer));
}

export function phraseRequest({ query, phrases, most }: Sought, size: number): estypes.SearchRequest {
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

export function phraseBuckets({
  aggregations,
}: Pick<estypes.SearchResponse, 'aggregations'>): readonly estypes.AggregationsStringTermsBucketKeys[] {
  const found = (aggregations?.['phrases'] as estypes.AggregationsStringTermsAggregate | undefined)?.buckets ?? [];
  return found as readonly estypes.AggregationsStringTermsBucketKeys[];
}

/** As many code points as an edge n-gram has. */
export function firstLetters(start: string): string {
  return Array.from(start).slice(0, LONGEST_START).join('');
}

/** The regular expression of a word of a phrase that is one of several, or begins so. */
export function wordPattern(words: readonly string[], begins: readonly string[] = []): string {
  return `.*${WORD}(${[...words.map((word) => word + WORD), ...begins].join('|')}).*`;
}

/** The expression of phrases that fit all of the patterns, or as many of the last as one expression takes. */
export function fittingAll(patterns: readonly string[]): string {
  let expression = patterns.at(-1) ?? '';
  for (const pattern of patterns.slice(-MOST_WORDS, -1).reverse()) {
    if (expression.length + pattern.length >= LONGEST_EXPRESSION) break;
    expression = `${pattern}&${expression}`;
  }
  return expression;
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
