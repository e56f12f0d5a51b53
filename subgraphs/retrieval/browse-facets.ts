import { isDeepStrictEqual } from 'node:util';
import { bothOf } from '../../src/vocabulary/item-filter.ts';
import type { ItemFilter } from '../../src/vocabulary/item-filter.ts';
import type { FacetRequest } from '../../src/vocabulary/search-request.ts';
import type { FacetCounts } from './index/item-index.ts';
import { countedFacet, facetQuery, withChosen } from './ranking/facets.ts';
import type { Facet } from './ranking/facets.ts';
import type { ServingIndex } from './serving-index.ts';

interface Browsed {
  readonly filter?: ItemFilter;
  readonly perGroup: number;
  /** What the rules about a browse with such a filter leave to be shown. */
  readonly shownBy: (filter: ItemFilter | undefined) => ItemFilter | undefined;
}

/**
 * The facets of a browse, each over all items that pass without its own field, as another value of it would be chosen: rules that are
 * about what is chosen now do not hold then. What is chosen is counted as it is shown.
 */
export async function browseFacets(
  index: ServingIndex,
  requests: readonly FacetRequest[],
  { filter, perGroup, shownBy }: Browsed,
): Promise<readonly Facet[]> {
  const shownNow = shownBy(filter);
  const passing = bothOf(filter, shownNow);
  const asked = requests.map((request) => {
    const query = { ...facetQuery(request, filter), perGroup };
    const own = { ...query, filter: passing };
    // The very same filter, so that it is judged once for all facets that share it.
    if (query.filter === filter) return { request, queries: [own] };
    const shown = shownBy(query.filter);
    const wider = { ...query, filter: bothOf(query.filter, shown) };
    return { request, queries: isDeepStrictEqual(shown, shownNow) ? [wider] : [wider, own] };
  });
  // All at once, so that no write comes in between.
  const { counts } = await index.facets(asked.flatMap(({ queries }) => queries));
  const left = [...counts];
  return asked.flatMap(({ request, queries }) => {
    const [wider, own] = left.splice(0, queries.length).map((each) => facetOf(request, each, filter));
    if (!wider) return [];
    return [own ? withChosen(wider, own, request) : wider];
  });
}

function facetOf(request: FacetRequest, counts: FacetCounts | undefined, filter: ItemFilter | undefined) {
  return counts && countedFacet(request, counts, filter);
}
