import type { estypes } from '@elastic/elasticsearch';
import { formsFor, singularsOf } from '../lexicon.ts';
import type { NearTerm, Slips } from '../lexicon.ts';
import { withinOneEdit, withinTwoEdits } from '../resident/one-edit.ts';

/** How many spellings of a word are asked for; the likeliest of them stand in. */
const SPELLINGS = 20;

/** Asks what is near, by so many slips at most, to forms of words that no item has. */
export function nearSuggesters(forms: readonly string[], slips: Slips): Pick<estypes.SearchRequest, 'suggest'> {
  const suggesters = { ...nearSuggester(1, forms), ...(slips === 2 && nearSuggester(2, forms)) };
  return Object.keys(suggesters).length > 0 ? { suggest: suggesters } : {};
}

function nearSuggester(slips: Slips, forms: readonly string[]): Readonly<Record<string, estypes.SearchFieldSuggester>> {
  const text = formsFor(slips, forms).join(' ');
  if (text === '') return {};
  const term = {
    field: 'terms',
    analyzer: 'whitespace',
    suggest_mode: 'missing',
    sort: 'frequency',
    max_edits: slips,
    prefix_length: 1,
    size: SPELLINGS,
    shard_size: 5 * SPELLINGS,
  } as const;
  return { [nearName(slips)]: { text, term } };
}

function nearName(slips: Slips): string {
  return `near ${slips.toString()}`;
}

/** Asks how many items have what words may be plurals of, with a slip: a term that is there is never suggested for itself. */
export function singularFilters(
  words: readonly (readonly string[])[],
): Readonly<Record<string, estypes.QueryDslQueryContainer>> {
  const singulars = [...new Set(words.flatMap(singularsOf))];
  return Object.fromEntries(singulars.map((term) => [singularName(term), { term: { terms: term } }]));
}

function singularName(term: string): string {
  return `singular: ${term}`;
}

/** What is near to any of the forms of a word. A shard suggests for terms that it lacks itself, though other shards may have them. */
export function nearTerms(forms: readonly string[], slips: Slips, answer: estypes.SearchResponse): readonly NearTerm[] {
  const asked = formsFor(slips, forms);
  const options = (answer.suggest?.[nearName(slips)] ?? [])
    .filter(({ text }) => asked.includes(text))
    .flatMap((one) => near(one.text, slips, [one.options].flat()));
  const all = [...options, ...(slips === 1 ? singularsHad(forms, answer) : [])];
  return [...new Map(all.map((one) => [one.term, one])).values()];
}

function near(text: string, slips: Slips, options: readonly object[]): readonly NearTerm[] {
  const isNear = slips === 1 ? withinOneEdit : withinTwoEdits;
  return options.filter(isTerm).flatMap(({ text: term, freq: items }) => (isNear(text, term) ? [{ term, items }] : []));
}

function isTerm(option: object): option is estypes.SearchTermSuggestOption {
  return 'freq' in option;
}

function singularsHad(forms: readonly string[], { aggregations }: estypes.SearchResponse): readonly NearTerm[] {
  const buckets = (aggregations?.['having'] as estypes.AggregationsFiltersAggregate | undefined)?.buckets ?? {};
  const having = buckets as Readonly<Record<string, { readonly doc_count: number } | undefined>>;
  return singularsOf(forms).flatMap((term) => {
    const items = having[singularName(term)]?.doc_count ?? 0;
    return items > 0 ? [{ term, items }] : [];
  });
}
