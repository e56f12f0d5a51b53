import type { estypes } from '@elastic/elasticsearch';
import { inverseDocumentFrequency } from '../lexicon.ts';
import { withinOneEdit } from '../resident/one-edit.ts';
import { wordsQuery } from './candidate-request.ts';

type Query = estypes.QueryDslQueryContainer;

/** Words shorter than this are never taken for a slip of another. */
const SHORTEST_FUZZY = 4;
/** How many spellings stand in for one unknown word, most common first. */
const SPELLINGS = 5;

/** How many items match: they have a word, where there are words, and pass. */
export function matchRequest(terms: readonly string[], filter: Query): estypes.MsearchMultisearchBody {
  const must = terms.length > 0 ? [wordsQuery(terms)] : [];
  return { size: 0, track_total_hits: true, query: { bool: { must, filter: [filter] } } };
}

/** How many items have each term, and for terms that none has, those that are one slip away. */
export function termRequest(terms: readonly string[]): estypes.MsearchMultisearchBody {
  const having = Object.fromEntries(terms.map((term, place) => [place, { match: { terms: term } } as const]));
  return {
    size: 0,
    track_total_hits: true,
    query: { match_all: {} },
    aggs: { having: { filters: { filters: having } } },
    suggest: {
      text: terms.join(' '),
      spellings: {
        term: {
          field: 'terms',
          analyzer: 'whitespace',
          suggest_mode: 'missing',
          sort: 'frequency',
          max_edits: 1,
          prefix_length: 0,
          min_word_length: SHORTEST_FUZZY,
          size: 4 * SPELLINGS,
          shard_size: 20 * SPELLINGS,
        },
      },
    },
  };
}

/** What the index knows of the terms of a query. */
export interface TermFacts {
  /** ln(1 + (N - n + .5) / (n + .5)) of each term, summed. */
  readonly idfSum: number;
  readonly anyKnown: boolean;
  /** What stands in for the terms where no item has any of them. */
  readonly spellings: readonly string[];
}

export const NO_TERMS: TermFacts = { idfSum: 0, anyKnown: false, spellings: [] };

export function termFacts(terms: readonly string[], answer: estypes.MsearchMultiSearchItem): TermFacts {
  const total = answer.hits.total;
  const items = typeof total === 'object' ? total.value : (total ?? 0);
  const buckets = (answer.aggregations?.['having'] as estypes.AggregationsFiltersAggregate | undefined)?.buckets ?? {};
  const counts = terms.map((_, place) => (buckets as Record<string, { doc_count: number }>)[place]?.doc_count ?? 0);
  const idfSum = counts.reduce((sum, having) => sum + inverseDocumentFrequency(items, having), 0);
  const anyKnown = counts.some((having) => having > 0);
  return { idfSum, anyKnown, spellings: anyKnown ? [] : spellingsOf(answer.suggest?.['spellings'] ?? []) };
}

function spellingsOf(suggested: readonly estypes.SearchSuggest[]): readonly string[] {
  const chosen = suggested.flatMap(({ text, options }) => {
    if (text.length < SHORTEST_FUZZY) return [];
    const near = [options]
      .flat()
      .flatMap((option) => ('freq' in option && withinOneEdit(text, option.text) ? [option] : []));
    near.sort((a, b) => b.freq - a.freq || (a.text < b.text ? -1 : 1));
    return near.slice(0, SPELLINGS).map((option) => option.text);
  });
  return [...new Set(chosen)];
}
