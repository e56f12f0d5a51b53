/** The answers of Medley's GraphQL API, as far as the storefront reads them. */
export type Signal = 'LEXICAL' | 'TEXT' | 'IMAGE' | 'ITEM';

export interface Item {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly brand: string | null;
  readonly category: readonly string[];
  readonly images: readonly { readonly url: string; readonly alt: string }[];
  readonly price: { readonly amount: number; readonly currency: string } | null;
  readonly inStock: boolean | null;
  readonly groupId: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Another variant of an item. */
export type Variant = Pick<Item, 'id' | 'title' | 'images'>;

export interface SignalScore {
  readonly signal: Signal;
  readonly raw: number | null;
  readonly normalized: number;
  readonly weight: number;
  readonly contribution: number;
  readonly rank: number | null;
  readonly imputed: boolean;
}

export interface Explanation {
  readonly summary: string;
  readonly boost: number;
  readonly signals: readonly SignalScore[];
}

/** A text of an item that says what was searched, in parts. */
export interface Highlight {
  readonly field: string;
  readonly parts: readonly { readonly text: string; readonly matched: boolean }[];
}

export interface Edge {
  readonly position: number;
  readonly score: number;
  readonly itemId: string;
  readonly node: Item | null;
  readonly explanation: Explanation | null;
  /** Of what was searched in words alone. */
  readonly highlights?: readonly Highlight[];
  /** Of results alone. */
  readonly variants?: readonly Variant[];
}

export interface SignalWeight {
  readonly signal: Signal;
  readonly weight: number;
  readonly prior: number;
  readonly queryTilt: number;
  readonly viewerTilt: number;
}

export interface Ranking {
  readonly profile: string;
  readonly version: number;
  readonly weights: readonly SignalWeight[];
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
  readonly selected: boolean;
  readonly from: number | null;
  readonly to: number | null;
}

export interface Facet {
  readonly field: string;
  readonly values: readonly FacetValue[];
}

export interface Degradation {
  readonly code: string;
  readonly message: string;
}

export interface Page {
  readonly queryId: string;
  readonly totalCount: { readonly value: number; readonly relation: 'EXACT' | 'AT_LEAST' | 'WITHIN_WINDOW' };
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly facets: readonly Facet[];
  readonly ranking: Ranking;
  /** The words with slips mended; null where there were none. */
  readonly didYouMean: string | null;
  readonly degradations: readonly Degradation[];
  readonly edges: readonly Edge[];
}

export interface SimilarPage {
  readonly queryId: string;
  readonly edges: readonly Edge[];
}

export type ShelfKind = 'FOR_YOU' | 'TRENDING' | 'BOUGHT_TOGETHER' | 'RECENTLY_VIEWED';

export interface Shelf {
  readonly id: string;
  readonly kind: ShelfKind;
  readonly reason: string;
  readonly fallback: string | null;
  readonly items: readonly Edge[];
}

export interface ViewerProfile {
  readonly confidence: number;
  readonly eventsUsed: number;
  readonly mixture: {
    readonly text: number;
    readonly image: number;
    readonly experts: readonly {
      readonly name: string;
      readonly gate: number;
      readonly text: number;
      readonly image: number;
    }[];
  };
}
