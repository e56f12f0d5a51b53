import type { SearchQuery } from '../../src/vocabulary/search-request.ts';
import type { QueryPlan } from './query-plan.ts';
import { countFacet, withoutField } from './ranking/facets.ts';
import type { Facet } from './ranking/facets.ts';
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

/** A facet whose own field is filtered is counted over a second window without that filter: what else could be chosen. */
async function facetOf(
  facet: SearchQuery['facets'][number],
  ranked: RankedWindow,
  { plan, settings, request, index }: FacetContext,
): Promise<Facet> {
  const filter = withoutField(request.filter, facet.field);
  const same = filter === request.filter;
  const window = same ? ranked : await rankWindow(plan, index, { ...settings, filter, fields: [facet.field] });
  const counted = window.hits.flatMap(({ id }) => window.fields.get(id) ?? []);
  return countFacet(facet, counted, request.filter);
}
