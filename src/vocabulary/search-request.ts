import type { ItemFilter } from './item-filter.ts';
import type { AskedValues } from './asked-values.ts';
import type { BySignal } from './signal.ts';

/** A request as the entry understood it: shape checked, sizes clamped. It travels to every subgraph as JSON. */
export type SearchRequest = SearchQuery | SimilarItemsQuery | ShelfQuery;

/** Who asks: a known user, a browser, both or nobody. */
export interface ViewerRef {
  readonly userId?: string;
  readonly clientId?: string;
}

interface Asked {
  /** The id of the window that this request opens or, with a cursor, reads. */
  readonly queryId: string;
  readonly viewer: ViewerRef;
  readonly filter?: ItemFilter;
  /** The SHA-256 of everything that shapes the window, so that a cursor cannot be used with another request. */
  readonly hash: string;
}

interface Paged {
  readonly first: number;
  /** How many hits of the window were already read; present only when a cursor was sent. */
  readonly after?: number;
}

export interface SearchQuery extends Asked, Paged {
  readonly kind: 'SEARCH';
  readonly parts: readonly QueryPart[];
  readonly facets: readonly FacetRequest[];
  readonly sort: readonly Sort[];
  readonly profile?: RankingProfileRef;
  readonly weights?: BySignal<number>;
  readonly personalization: { readonly enabled: boolean; readonly strength?: number };
  readonly minScore?: number;
  /** At most so many variants of one group, 0 for no limit; the ranking profile's when absent. */
  readonly perGroup?: number;
  /** For the query log; it shapes no answer. */
  readonly locale?: string;
}

/** Alike by text and looks, or chosen together by viewers, which are seldom alike. */
export type Similarity = 'ALIKE' | 'CO_OCCURRING';

export interface SimilarItemsQuery extends Asked, Paged {
  readonly kind: 'SIMILAR';
  /** ALIKE when absent. */
  readonly similarity?: Similarity;
  readonly like: readonly WeightedItem[];
  readonly unlike: readonly WeightedItem[];
  readonly weights?: BySignal<number>;
  readonly diversity?: number;
  readonly profile?: RankingProfileRef;
}

export interface ShelfQuery extends Asked {
  readonly kind: 'SHELF';
  readonly shelf: ShelfKind;
  readonly first: number;
  /** The shelves asked for together, in order: an item stands on the first that has it. */
  readonly siblings: readonly { readonly kind: ShelfKind; readonly first: number }[];
  /** Where this shelf stands among its siblings. */
  readonly place: number;
  /** The items that the viewer looks at now (an item page, a cart). */
  readonly context: readonly string[];
}

/** Words, a picture or an item, and how much it counts; a negative weight means less like this. */
export type QueryPart =
  | { readonly kind: 'TEXT'; readonly text: string; readonly weight: number }
  | { readonly kind: 'IMAGE_URL'; readonly imageUrl: string; readonly weight: number }
  | { readonly kind: 'IMAGE_ID'; readonly imageId: string; readonly weight: number }
  | { readonly kind: 'ITEM'; readonly itemId: string; readonly weight: number };

export interface WeightedItem {
  readonly id: string;
  readonly weight: number;
}

export interface RankingProfileRef {
  readonly key: string;
  readonly version?: number;
}

export const SORT_FIELDS = ['RELEVANCE', 'PRICE', 'NEWEST', 'POPULARITY'] as const;

export interface Sort {
  readonly field: (typeof SORT_FIELDS)[number];
  readonly direction: 'ASC' | 'DESC';
}

/** Terms of a field counted over the window, or in a browse over all items that pass; with `ranges` the given ranges are counted instead. */
export interface FacetRequest extends AskedValues {
  readonly field: string;
  readonly limit: number;
  readonly ranges?: readonly { readonly from?: number; readonly to?: number }[];
}

export const SHELF_KINDS = ['FOR_YOU', 'TRENDING', 'BOUGHT_TOGETHER', 'RECENTLY_VIEWED'] as const;

export type ShelfKind = (typeof SHELF_KINDS)[number];
