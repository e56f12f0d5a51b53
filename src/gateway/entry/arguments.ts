import type { RankingProfileRef, ShelfKind, Similarity, Sort, WeightedItem } from '../../vocabulary/search-request.ts';

/** The arguments of the front door as GraphQL hands them over: types are checked, combinations are not. */
type Maybe<T> = T | null | undefined;

export interface PageArguments {
  readonly first?: Maybe<number>;
  readonly after?: Maybe<string>;
}

interface FromViewer {
  readonly userId?: Maybe<string>;
  readonly clientId?: Maybe<string>;
}

export interface SearchInput extends FromViewer {
  readonly text?: Maybe<string>;
  readonly parts?: Maybe<readonly QueryPartInput[]>;
  readonly filter?: Maybe<ItemFilterInput>;
  readonly facets?: Maybe<readonly FacetInput[]>;
  readonly sort?: Maybe<readonly SortInput[]>;
  readonly profile?: Maybe<RankingProfileRef>;
  readonly weights?: Maybe<SignalWeightsInput>;
  readonly personalization?: Maybe<{ readonly enabled?: Maybe<boolean>; readonly strength?: Maybe<number> }>;
  readonly minScore?: Maybe<number>;
  readonly perGroup?: Maybe<number>;
  readonly locale?: Maybe<string>;
}

export interface SortInput {
  readonly field: Sort['field'];
  readonly direction?: Maybe<Sort['direction']>;
}

export interface FacetInput {
  readonly field: string;
  readonly limit?: Maybe<number>;
  readonly ranges?: Maybe<readonly { readonly from?: number; readonly to?: number }[]>;
  readonly matching?: Maybe<string>;
  readonly under?: Maybe<string>;
}

export interface QueryPartInput {
  readonly text?: Maybe<string>;
  readonly imageUrl?: Maybe<string>;
  readonly imageId?: Maybe<string>;
  readonly itemId?: Maybe<string>;
  readonly weight: number;
}

export interface SignalWeightsInput {
  readonly lexical?: Maybe<number>;
  readonly text?: Maybe<number>;
  readonly image?: Maybe<number>;
  readonly item?: Maybe<number>;
}

export interface ItemFilterInput {
  readonly and?: Maybe<readonly ItemFilterInput[]>;
  readonly or?: Maybe<readonly ItemFilterInput[]>;
  readonly not?: Maybe<ItemFilterInput>;
  readonly ids?: Maybe<readonly string[]>;
  readonly field?: Maybe<string>;
  readonly in?: Maybe<readonly string[]>;
  readonly range?: Maybe<Readonly<Record<string, number | null>>>;
}

export interface SimilarItemsInput extends FromViewer {
  readonly kind?: Maybe<Similarity>;
  readonly like: readonly WeightedItem[];
  readonly unlike?: Maybe<readonly WeightedItem[]>;
  readonly weights?: Maybe<SignalWeightsInput>;
  readonly filter?: Maybe<ItemFilterInput>;
  readonly diversity?: Maybe<number>;
  readonly profile?: Maybe<RankingProfileRef>;
}

export interface RecommendationsInput extends FromViewer {
  readonly shelves: readonly { readonly kind: ShelfKind; readonly first?: Maybe<number> }[];
  readonly context?: Maybe<readonly string[]>;
  readonly filter?: Maybe<ItemFilterInput>;
}
