import type { SearchQuery } from '../../src/vocabulary/search-request.ts';
import type { QueryPlan } from './query-plan.ts';
import { countFacet, withChosen, withoutField } from './ranking/facets.ts';
import type { Counted, Facet } from './ranking/facets.ts';
import { rankWindow } from './rank-window.ts';
import type { RankedWindow, RankSettings } from './rank-window.ts';
import type { ServingIndex } from './serving-index.ts';

interface FacetContext {
  readonly plan: QueryPlan;
  readonly settings: RankSettings;
  readonly request: SearchQuery;
  readonly index: ServingIndex;
}

/** The facets of a ranked window, in the order in which they were asked for. */
export function windowFacets(ranked: RankedWindow, context: FacetContext): Promise<readonly Facet[]> {
  return Promise.all(context.request.facets.map((facet) => facetOf(facet, ranked, context)));
}

/**
 * A facet whose own field is filtered is counted over a second window without that filter: what else could be chosen. What is chosen is
 * counted over the window itself, of which the second one, where much else matches, may hold a part: it agrees with the total.
 */
async function facetOf(
  facet: SearchQuery['facets'][number],
  ranked: RankedWindow,
  { plan, settings, request, index }: FacetContext,
): Promise<Facet> {
  const countedOver = (window: RankedWindow): Facet => countFacet(facet, countedIn(window, settings), request.filter);
  const filter = withoutField(request.filter, facet.field);
  if (filter === request.filter) return countedOver(ranked);
  const { sortedCutoff } = ranked;
  const wider = await rankWindow(plan, index, { ...settings, filter, sortedCutoff, fields: [facet.field] });
  return withChosen(countedOver(wider), countedOver(ranked), facet);
}

/** Whatever variant of a group stands in the window, a value that another one has can be chosen. */
function countedIn({ hits, besides, fields }: RankedWindow, { profile: { perGroup } }: RankSettings): Counted {
  const ids = [...hits.map(({ id }) => id), ...besides];
  return { perGroup, items: ids.flatMap((id) => fields.get(id) ?? []) };
}
