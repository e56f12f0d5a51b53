import { boosted } from './ranking/boosts.ts';
import type { Hit } from './ranking/hit.ts';
import { SORT_FIELDS, sorted } from './ranking/sorting.ts';
import { fieldsById } from './rank-window.ts';
import type { RankedWindow, RankSettings } from './rank-window.ts';
import type { ServingIndex } from './serving-index.ts';

const ORDER = { ...SORT_FIELDS, RELEVANCE: 'popularity' } as const;

/**
 * A window without a query: the items that pass the filter, most popular first unless a sort is given. Scores are 0, because
 * nothing was compared. `nothing` makes it empty: something was asked, and all of it had to be left out.
 */
export async function browseWindow(
  index: ServingIndex,
  settings: RankSettings,
  nothing: boolean,
): Promise<RankedWindow & { readonly total: number }> {
  if (nothing) return { hits: [], fields: new Map(), weights: [], standIns: new Map(), total: 0 };
  const [first] = settings.sort;
  const direction = first && first.field !== 'RELEVANCE' ? first.direction : 'DESC';
  const order = { field: ORDER[first?.field ?? 'POPULARITY'], direction };
  const { ids, total, versions } = await index.browse({
    filter: settings.filter,
    order,
    limit: settings.profile.window,
  });
  const bare = ids.map((id): Hit => ({ id, score: 0, signals: {}, boost: 0 }));
  const fields = await fieldsById(index, bare, { ...settings, versions });
  const hits = bare.map((hit) => {
    const score = boosted(0, fields.get(hit.id), settings);
    return { ...hit, score, boost: score };
  });
  return { hits: sorted(hits, settings.sort, fields), fields, weights: [], standIns: new Map(), total, versions };
}
