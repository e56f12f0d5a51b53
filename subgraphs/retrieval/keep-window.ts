import { traced } from '../../src/runtime/tracing.ts';
import { withinShare } from '../../src/runtime/within-deadline.ts';
import type { Item } from '../../src/vocabulary/item.ts';
import type { SearchQuery, SimilarItemsQuery } from '../../src/vocabulary/search-request.ts';
import type { Facet } from './ranking/facets.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';
import { shortWeights } from './ranking/window.ts';
import type { Count, Degradation, Window } from './ranking/window.ts';
import type { RankedWindow } from './rank-window.ts';
import { countDegradations } from './retrieval-metrics.ts';
import type { WindowStore } from './window-store.ts';

/** The items of a page. */
export interface PageItems {
  readonly byId: ReadonlyMap<string, Item>;
  /** Some of the index did not answer: what is missing may be there. */
  readonly partial: boolean;
}

/** What a request is answered from. */
export interface Answer {
  readonly window: Window;
  /** The items of its page as they were when it was ranked; absent where the window was ranked earlier, for then they are read anew. */
  readonly items?: PageItems;
}

/** A window that was just ranked, with what it was ranked by. */
export interface Ranked {
  readonly request: SearchQuery | SimilarItemsQuery;
  /** Its id. */
  readonly generation: string;
  readonly ranked: RankedWindow & { readonly total?: number; readonly atLeast?: boolean };
  /** Some of the index did not answer, or not in time: more may match. */
  readonly partial: boolean;
  /** Of the page that was asked for. */
  readonly items: PageItems;
  readonly profile: RankingProfile;
  readonly facets: readonly Facet[];
  readonly degradations: readonly Degradation[];
  readonly didYouMean?: string;
  readonly unread?: readonly string[];
}

export const PARTIAL: Degradation = {
  code: 'INDEX_PARTIAL',
  message: 'Some of the catalogue did not answer in time; these are the best of the rest.',
};

const NOT_KEPT: Degradation = {
  code: 'WINDOW_NOT_KEPT',
  message: 'Further pages of this result are not available; search again for them.',
};

/** Of the time that is left, what a store may take to keep a window; the rest is for the answer on its way. */
const SHARE = 0.5;

export interface Keeping {
  readonly windows: Pick<WindowStore, 'put'>;
  /** Told why a window was not kept. */
  readonly onNotKept?: (reason: unknown) => void;
}

/** Keeps the window. A store that cannot be written, or not in time, costs the later pages, not this one. */
export async function keepWindow(made: Ranked, { windows, onNotKept }: Keeping): Promise<Answer> {
  const window = windowOf(made);
  countDegradations(window.degradations);
  const { items } = made;
  const put = (): Promise<void> => withinShare(SHARE, () => windows.put(window));
  try {
    await traced('retrieval.keep-window', { 'medley.hits': window.hits.length }, put);
    return { window, items };
  } catch (error) {
    onNotKept?.(error);
    countDegradations([NOT_KEPT]);
    return { window: { ...window, degradations: [...window.degradations, NOT_KEPT] }, items };
  }
}

function relationOf({ ranked: { total, atLeast = false, cut = false }, partial }: Ranked): Count['relation'] {
  if (partial || atLeast) return 'AT_LEAST';
  return total === undefined && cut ? 'WITHIN_WINDOW' : 'EXACT';
}

function windowOf(made: Ranked): Window {
  const { request, generation, ranked, partial, profile, facets, degradations, didYouMean, unread = [] } = made;
  const { hits, weights, lost, rules } = ranked;
  const { key, version, window } = profile;
  const total = { value: ranked.total ?? hits.length, relation: relationOf(made) };
  return {
    queryId: request.queryId,
    generation,
    request,
    ranking: { profile: key, version, weights: shortWeights(weights), window, rules },
    hits,
    total,
    facets,
    degradations: [...degradations, ...lost, ...(partial ? [PARTIAL] : [])],
    ...(didYouMean !== undefined && { didYouMean }),
    ...(unread.length > 0 && { unread }),
  };
}
