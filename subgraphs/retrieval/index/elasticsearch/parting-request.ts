import type { estypes } from '@elastic/elasticsearch';
import { commonestPair, partings } from '../compounds.ts';
import { stem } from '../stem.ts';

/** By term that no item has, the word as it was written. */
type Glued = ReadonlyMap<string, string>;

/** How many items have both words that each word may be parted in. */
export function partingRequest(words: Glued): estypes.SearchRequest {
  const having = [...words].flatMap(([term, word]) =>
    partings(word).map(([one, other], at): readonly [string, estypes.QueryDslQueryContainer] => [
      `${term} ${at.toString()}`,
      { bool: { filter: [{ term: { terms: stem(one) } }, { term: { terms: stem(other) } }] } },
    ]),
  );
  return { size: 0, track_total_hits: false, aggs: { having: { filters: { filters: Object.fromEntries(having) } } } };
}

/** By term, the pair that most items have. */
export function partedTerms(
  words: Glued,
  answer: estypes.SearchResponse,
): ReadonlyMap<string, readonly [string, string]> {
  const buckets = (answer.aggregations?.['having'] as estypes.AggregationsFiltersAggregate | undefined)?.buckets ?? {};
  const having = buckets as Readonly<Record<string, { readonly doc_count: number }>>;
  return new Map(
    [...words].flatMap(([term, word]) => {
      const pair = commonestPair(
        partings(word).map((one, at) => [one, having[`${term} ${at.toString()}`]?.doc_count ?? 0]),
      );
      return pair ? [[term, pair] as const] : [];
    }),
  );
}
