import type { SearchRequest } from '../../../src/vocabulary/search-request.ts';
import type { Signal } from '../../../src/vocabulary/signal.ts';
import type { Facet } from './facets.ts';
import type { Hit } from './hit.ts';
import type { SignalWeight } from './weights.ts';

/** What a request was answered from: ranked once, kept under its query id. Pages, totals and facets are read from it. */
export interface Window {
  readonly queryId: string;
  readonly generation: string;
  readonly request: SearchRequest;
  readonly ranking: Ranking;
  readonly hits: readonly Hit[];
  readonly total: Count;
  readonly facets: readonly Facet[];
  readonly degradations: readonly Degradation[];
}

export interface Ranking {
  readonly profile: string;
  readonly version: number;
  readonly weights: readonly SignalWeight[];
  readonly window: number;
}

export interface Count {
  readonly value: number;
  readonly relation: 'EXACT' | 'AT_LEAST' | 'WITHIN_WINDOW';
}

/** Something the answer had to do without. */
export interface Degradation {
  readonly code: DegradationCode;
  readonly signal?: Signal;
  readonly message: string;
}

export type DegradationCode =
  | 'QUERY_EMBEDDING_UNREACHABLE'
  | 'USER_PROFILE_UNREACHABLE'
  | 'SPACE_MISMATCH'
  | 'VECTOR_REFUSED'
  | 'ROUTE_MISSING'
  | 'ITEM_GONE'
  | 'WINDOW_NOT_KEPT'
  | 'BEHAVIOUR_UNREACHABLE';

/** A page of a window: hits with their places, from 1. */
export interface WindowPage {
  readonly hits: readonly (Hit & { readonly position: number })[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export function pageOf(
  window: Window,
  { first, after = 0 }: { readonly first: number; readonly after?: number },
): WindowPage {
  const hits = window.hits.slice(after, after + first).map((hit, i) => ({ ...hit, position: after + i + 1 }));
  return { hits, hasNextPage: after + first < window.hits.length, hasPreviousPage: after > 0 };
}
