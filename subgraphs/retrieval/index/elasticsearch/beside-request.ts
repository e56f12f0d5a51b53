import type { estypes } from '@elastic/elasticsearch';
import type { NearTerm } from '../lexicon.ts';

/** By term that no item has, the terms that are near to it. */
type Near = ReadonlyMap<string, readonly NearTerm[]>;

/** Those of which one has to be chosen. */
export function unclear(near: Near): readonly NearTerm[] {
  return [...near.values()].filter(({ length }) => length > 1).flat();
}

/** How many items have each near term with other terms, all of them in the title, and anywhere. */
export function besideRequest(near: readonly NearTerm[], beside: readonly string[]): estypes.SearchRequest {
  const having = near.flatMap(({ term }) =>
    FIELDS.map((field): readonly [string, estypes.QueryDslQueryContainer] => [
      `${field} ${term}`,
      { bool: { filter: [term, ...beside].map((one) => ({ term: { [field]: one } })) } },
    ]),
  );
  return { size: 0, track_total_hits: false, aggs: { having: { filters: { filters: Object.fromEntries(having) } } } };
}

const FIELDS = ['title', 'terms'] as const;

/** The near terms with what was counted of those that were asked about. */
export function besideOthers(near: Near, answer: estypes.SearchResponse): Near {
  const buckets = (answer.aggregations?.['having'] as estypes.AggregationsFiltersAggregate | undefined)?.buckets ?? {};
  const having = buckets as Readonly<Record<string, { readonly doc_count: number } | undefined>>;
  const counted = (one: NearTerm): NearTerm => {
    const [titles, texts] = FIELDS.map((field) => having[`${field} ${one.term}`]?.doc_count);
    return titles === undefined || texts === undefined ? one : { ...one, beside: [titles, texts] };
  };
  return new Map([...near].map(([term, its]) => [term, its.map(counted)]));
}
