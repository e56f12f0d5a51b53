import type { estypes } from '@elastic/elasticsearch';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { FORMS_FROM, writtenForms } from '../lexicon.ts';
import type { Cluster } from './cluster.ts';
import type { Generation } from './generations.ts';

/** How items write each term, read from some of those that have it. */
export async function formsOf(
  cluster: Cluster,
  { index }: Generation,
  terms: readonly string[],
): Promise<readonly (readonly string[])[]> {
  if (terms.length === 0) return [];
  const { responses } = await cluster.ask((client, sending) =>
    client.msearch<{ readonly item?: Item }>(
      { searches: terms.flatMap((term) => [{ index }, havingRequest(term)]) },
      sending,
    ),
  );
  return responses.map((response, at) => {
    if ('error' in response) throw new Error(`items of a word could not be read: ${response.error.reason ?? ''}`);
    const items = response.hits.hits.flatMap(({ _source }) => _source?.item ?? []);
    return writtenForms(items, terms[at] ?? '');
  });
}

/** In no order, so that a shard stops at the first that it finds. */
function havingRequest(term: string): estypes.MsearchMultisearchBody {
  return {
    size: FORMS_FROM,
    track_total_hits: false,
    _source: ['item'],
    query: { constant_score: { filter: { term: { terms: term } } } },
  };
}
