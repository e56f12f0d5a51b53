import type { SearchRequest } from '../../../src/vocabulary/search-request.ts';
import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import type { Signal } from '../../../src/vocabulary/signal.ts';
import type { Facet } from './facets.ts';
import type { Hit, SignalScore } from './hit.ts';
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
  /** The words as they were likely meant; absent where every word was taken as it was written. */
  readonly didYouMean?: string;
  /** The words that no item has and nothing stood in for, as they were written; absent where there are none, and before 2026-11-23. */
  readonly unread?: readonly string[];
}

export interface Ranking {
  readonly profile: string;
  readonly version: number;
  readonly weights: readonly SignalWeight[];
  readonly window: number;
  /** The keys of the rules that held; absent in windows from before there were any. */
  readonly rules?: readonly string[];
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

/** docs/errors.md tells each; a test holds them together. */
export const DEGRADATION_CODES = [
  'QUERY_EMBEDDING_UNREACHABLE',
  'USER_PROFILE_UNREACHABLE',
  'BEHAVIOUR_UNREACHABLE',
  'INDEX_PARTIAL',
  'WINDOW_NOT_KEPT',
  'ROUTE_MISSING',
  'SPACE_MISMATCH',
  'VECTOR_REFUSED',
  'WORDS_NOT_MENDED',
  'SYNONYMS_NOT_ENCODED',
  'ITEM_GONE',
  'RULE_LEFT_OUT',
] as const;

export type DegradationCode = (typeof DEGRADATION_CODES)[number];

/** The words of a search as they were meant; undefined where there were none. */
export function meantWords({ request, didYouMean }: Pick<Window, 'request' | 'didYouMean'>): string | undefined {
  if (request.kind !== 'SEARCH') return undefined;
  if (didYouMean !== undefined) return didYouMean;
  const texts = request.parts.flatMap((part) => (part.kind === 'TEXT' && part.weight > 0 ? [part.text] : []));
  return texts.length > 0 ? texts.join(' ') : undefined;
}

/** Scores are told in so many parts of one: more is noise, and a kept window is half as long. */
export const PARTS_OF_ONE = 1e6;

export function shortNumber(value: number): number {
  return Math.round(value * PARTS_OF_ONE) / PARTS_OF_ONE;
}

export function shortWeights(weights: readonly SignalWeight[]): readonly SignalWeight[] {
  return weights.map((weight) => ({
    ...weight,
    weight: shortNumber(weight.weight),
    prior: shortNumber(weight.prior),
    queryTilt: shortNumber(weight.queryTilt),
    viewerTilt: shortNumber(weight.viewerTilt),
  }));
}

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
  const hits = window.hits.slice(after, after + first).map((hit, i) => ({ ...shortHit(hit), position: after + i + 1 }));
  return { hits, hasNextPage: after + first < window.hits.length, hasPreviousPage: after > 0 };
}

/** Whether the window was just ranked or was kept, a page says the same. */
function shortHit(hit: Hit): Hit {
  const signals = SIGNALS.flatMap((signal) => {
    const score = hit.signals[signal];
    return score ? [[signal, shortScore(score)] as const] : [];
  });
  return { ...hit, score: shortNumber(hit.score), boost: shortNumber(hit.boost), signals: Object.fromEntries(signals) };
}

function shortScore(score: SignalScore): SignalScore {
  return {
    ...score,
    raw: score.raw === null ? null : shortNumber(score.raw),
    normalised: shortNumber(score.normalised),
    weight: shortNumber(score.weight),
    contribution: shortNumber(score.contribution),
  };
}
