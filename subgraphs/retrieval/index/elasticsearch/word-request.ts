import type { estypes } from '@elastic/elasticsearch';
import { MOST_PARTED } from '../asked-words.ts';
import { commonestPair, isHeld, partings } from '../compounds.ts';
import type { Pair } from '../compounds.ts';
import { inverseDocumentFrequency } from '../lexicon.ts';
import type { NearTerm, SlipForms, Slips } from '../lexicon.ts';
import { stem } from '../stem.ts';
import { idQuery } from './candidate-request.ts';
import { nearSuggesters, nearTerms, singularFilters } from './near-terms.ts';

/** Under which items are counted whose id the words are. */
const NAMED = 'named';

/** What is asked of the index about the words of a query. */
export interface TermQuestions {
  readonly terms: readonly string[];
  /** Those in which a slip is looked for. */
  readonly forms?: SlipForms;
  /** How many at most; 1 where it is not said. */
  readonly slips?: Slips;
  /** Terms that may all be in one item. */
  readonly together?: readonly (readonly string[])[];
  /** What may be the id of an item. */
  readonly id?: string;
}

const NO_FORMS: SlipForms = new Map();

/** How many items have each term, and terms together, and for terms that none has, those that are one slip away; and whether an item has the id. */
export function termRequest({
  terms,
  forms = NO_FORMS,
  slips = 1,
  together = [],
  id,
}: TermQuestions): estypes.SearchRequest {
  const asked = terms.flatMap((term) => {
    const its = forms.get(term);
    return its ? [its] : [];
  });
  const having: Record<string, estypes.QueryDslQueryContainer> = {
    ...Object.fromEntries(terms.map((term, place) => [place, { term: { terms: term } } as const])),
    ...singularFilters(asked),
    ...Object.fromEntries(together.map((these) => [togetherName(these), havingAll(these)])),
    ...(id !== undefined && { [NAMED]: idQuery(id) }),
    ...Object.fromEntries(
      heldPartings(forms).map(({ name, term, pair }) => [name, havingAll([term, ...pair.map(stem)])]),
    ),
  };
  return {
    size: 0,
    track_total_hits: true,
    query: { match_all: {} },
    aggs: { having: { filters: { filters: having } } },
    ...nearSuggesters(asked.flat(), slips),
  };
}

function togetherName(terms: readonly string[]): string {
  return `together: ${terms.join(' ')}`;
}

/** The ways to part each word in two, where the query has so few that any may be one that items hold together. */
function heldPartings(
  forms: SlipForms,
): readonly { readonly name: string; readonly term: string; readonly pair: Pair }[] {
  if (forms.size > MOST_PARTED) return [];
  return [...forms].flatMap(([term, written]) =>
    partings(written.at(-1) ?? '').map((pair) => ({ name: `${term} ${pair.join(' ')}`, term, pair })),
  );
}

function havingAll(terms: readonly string[]): estypes.QueryDslQueryContainer {
  return { bool: { filter: terms.map((term) => ({ term: { terms: term } })) } };
}

/** What the index knows of the terms of a query, by term. */
export interface TermFacts {
  /** How many items there are. */
  readonly items: number;
  /** ln(1 + (N - n + .5) / (n + .5)). */
  readonly idf: ReadonlyMap<string, number>;
  /** Those that some item has, and those that some item has all of, with spaces between. */
  readonly known: ReadonlySet<string>;
  /** Whether the words are the id of an item. */
  readonly named: boolean;
  /** For those that no item has, the terms that are one slip away, where there are any. Nothing is for those of an id. */
  readonly near: ReadonlyMap<string, readonly NearTerm[]>;
  /** For long ones, the terms that are two slips away at most. */
  readonly far: ReadonlyMap<string, readonly NearTerm[]>;
  /** The two words that a term is where items hold them together; of those of an id, none. */
  readonly held: ReadonlyMap<string, Pair>;
}

export const NO_TERMS: TermFacts = {
  items: 0,
  idf: new Map(),
  known: new Set(),
  named: false,
  near: new Map(),
  far: new Map(),
  held: new Map(),
};

export function termFacts(asked: TermQuestions, answer: estypes.SearchResponse): TermFacts {
  const { terms, forms = NO_FORMS, together = [] } = asked;
  const total = answer.hits.total;
  const items = typeof total === 'object' ? total.value : (total ?? 0);
  const buckets = (answer.aggregations?.['having'] as estypes.AggregationsFiltersAggregate | undefined)?.buckets ?? {};
  const countOf = (bucket: string | number): number =>
    (buckets as Record<string, { doc_count: number }>)[bucket]?.doc_count ?? 0;
  const counts = terms.map((_, place) => countOf(place));
  const named = countOf(NAMED) > 0;
  const unknown = named ? [] : terms.filter((_, place) => counts[place] === 0);
  const nearBy = (slips: Slips): TermFacts['near'] =>
    new Map(
      unknown
        .map((term) => [term, nearTerms(forms.get(term) ?? [], slips, answer)] as const)
        .filter(([, terms]) => terms.length > 0),
    );
  const asOne = new Map(terms.map((term, place) => [term, counts[place] ?? 0]));
  return {
    items,
    named,
    held: named ? new Map() : heldPairs(forms, asOne, countOf),
    known: new Set([
      ...terms.filter((_, place) => (counts[place] ?? 0) > 0),
      ...together.filter((these) => countOf(togetherName(these)) > 0).map((these) => these.join(' ')),
    ]),
    idf: new Map(terms.map((term, place) => [term, inverseDocumentFrequency(items, counts[place] ?? 0)])),
    near: nearBy(1),
    far: nearBy(2),
  };
}

function heldPairs(
  forms: SlipForms,
  asOne: ReadonlyMap<string, number>,
  countOf: (name: string) => number,
): TermFacts['held'] {
  const byTerm = Map.groupBy(heldPartings(forms), ({ term }) => term);
  return new Map(
    [...byTerm].flatMap(([term, ways]) => {
      const having = ways.map(({ name, pair }) => [pair, countOf(name)] as const);
      const pair = commonestPair(having.filter(([, both]) => isHeld(asOne.get(term) ?? 0, both)));
      return pair ? [[term, pair] as const] : [];
    }),
  );
}
