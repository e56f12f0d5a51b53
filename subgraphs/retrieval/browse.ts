import type { FacetRequest, SearchQuery, Sort } from '../../src/vocabulary/search-request.ts';
import { bothOf } from '../../src/vocabulary/item-filter.ts';
import type { ItemFilter } from '../../src/vocabulary/item-filter.ts';
import { browseFacets } from './browse-facets.ts';
import { groupOf } from './index/group-tally.ts';
import type { BrowseOrder } from './index/item-index.ts';
import { boosted } from './ranking/boosts.ts';
import { countFacet } from './ranking/facets.ts';
import type { Facet } from './ranking/facets.ts';
import { limitedByGroup } from './ranking/diversity.ts';
import type { Hit } from './ranking/hit.ts';
import { SORT_FIELDS, sorted } from './ranking/sorting.ts';
import { fieldsById } from './rank-window.ts';
import type { RankedWindow, RankSettings } from './rank-window.ts';
import { effectOf, leftOut, pinsApart } from './rules/effect.ts';
import type { ServingIndex } from './serving-index.ts';

/** A window with what is known of all items that pass, in the window and beyond it. */
export interface BrowsedWindow extends RankedWindow {
  readonly total: number;
  /** There may be more than the total says. */
  readonly atLeast?: boolean;
  readonly facets: readonly Facet[];
}

/**
 * A window without a query: the items that pass the filter, most popular first unless a sort is given. Scores are 0, because
 * nothing was compared.
 */
export async function browseWindow(
  index: ServingIndex,
  settings: RankSettings,
  facets: readonly FacetRequest[],
): Promise<BrowsedWindow> {
  const { filter, sort, profile } = settings;
  const { perGroup } = profile;
  const effectWith = (by: ItemFilter | undefined) =>
    effectOf(settings.rules ?? [], { ...settings, filter: by }, index.head()?.fields ?? {});
  const effect = effectWith(filter);
  const passing = bothOf(filter, effect.shown);
  const pins = [...effect.pins.keys()];
  // All at once, so that no write comes between the total and the facets of an index that answers at once.
  const [found, counted, pinned] = await Promise.all([
    index.browse({ filter: passing, orders: ordersOf(sort), limit: profile.window, perGroup }),
    browseFacets(index, facets, { filter, perGroup, shownBy: (by) => effectWith(by).shown }),
    pins.length > 0 ? index.browse({ filter: bothOf(passing, { ids: pins }), orders: [], limit: pins.length }) : NONE,
  ]);
  const { atLeast, versions } = found;
  const ids = [...new Set([...found.ids, ...pinned.ids])];
  const bare = ids.map((id): Hit => ({ id, score: 0, signals: {}, boost: 0 }));
  const fields = await fieldsById(index, bare, { ...settings, versions });
  const hits = bare.map((hit) => {
    const score = boosted(0, fields.get(hit.id), settings);
    return { ...hit, score, boost: score };
  });
  const { first, others } = pinsApart(hits, effect);
  const ofGroups = limitedByGroup([...first, ...others], perGroup, (id) => groupOf(fields.get(id)));
  const grouped = ofGroups.filter(({ pinnedBy }) => pinnedBy === undefined);
  return {
    ...NOTHING,
    hits: [...first, ...sorted(grouped, sort, fields)].slice(0, profile.window),
    fields,
    // Rules pin more of a group than are wanted where they say so: the index has not counted these.
    total: found.total + first.length + grouped.length - ofGroups.length,
    atLeast,
    facets: counted,
    versions,
    lost: leftOut(effect),
    rules: effect.keys,
  };
}

const NONE = { ids: [] };

const MOST_POPULAR: BrowseOrder = { field: SORT_FIELDS.POPULARITY, direction: 'DESC' };

/** What stands first where all that pass are more than a window: all sorts count, or equal prices would be cut by their ids. */
function ordersOf(sort: readonly Sort[]): readonly BrowseOrder[] {
  const asked = sort.map(({ field, direction }) =>
    field === 'RELEVANCE' ? MOST_POPULAR : { field: SORT_FIELDS[field], direction },
  );
  return [...asked, MOST_POPULAR];
}

const NOTHING = {
  hits: [],
  besides: [],
  fields: new Map(),
  weights: [],
  standIns: new Map(),
  unread: [],
  lost: [],
  rules: [],
  total: 0,
} as const;

/** What is answered where something was asked and all of it had to be left out. */
export function emptyWindow({ filter, facets }: Pick<SearchQuery, 'filter' | 'facets'>): BrowsedWindow {
  return { ...NOTHING, facets: facets.map((facet) => countFacet(facet, { items: [] }, filter)) };
}
