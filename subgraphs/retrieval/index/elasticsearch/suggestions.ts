import type { estypes } from '@elastic/elasticsearch';
import { fold } from '../lexicon.ts';
import type { Cluster } from './cluster.ts';
import { LONGEST_START } from './generation-mapping.ts';
import type { Generation } from './generations.ts';
import { SHOWN_AS } from './item-document.ts';

/** Phrases that are written in several ways are one: so many more are asked for. */
const SPELLINGS = 4;

/** Titles, brands and categories that continue a prefix, most common first, then in the order of the alphabet. */
export async function suggestPhrases(
  cluster: Cluster,
  { index }: Generation,
  { prefix, limit }: { readonly prefix: string; readonly limit: number },
): Promise<readonly string[]> {
  const start = fold(prefix.replaceAll(SHOWN_AS, '').trim());
  if (start === '') return [];
  const { aggregations } = await cluster.ask((client, sending) =>
    client.search({ index, ...suggestRequest(start, SPELLINGS * limit) }, sending),
  );
  const found = (aggregations?.['phrases'] as estypes.AggregationsStringTermsAggregate | undefined)?.buckets ?? [];
  return shownPhrases(found as readonly estypes.AggregationsStringTermsBucketKeys[]).slice(0, limit);
}

/** The first letters find the items through one lookup, and the whole prefix finds the phrases among theirs. */
function suggestRequest(start: string, size: number): estypes.SearchRequest {
  const include = `${start.replaceAll(/[^\p{L}\p{N} ]/gu, String.raw`\$&`)}.*`;
  return {
    size: 0,
    track_total_hits: false,
    query: { constant_score: { filter: { term: { 'phrases.starts': firstLetters(start) } } } },
    aggs: { phrases: { terms: { field: 'phrases', include, size, order: [{ _count: 'desc' }, { _key: 'asc' }] } } },
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
