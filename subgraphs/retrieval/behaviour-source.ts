import type { EngagedPair, ItemPair, Reaction } from '../../src/vocabulary/viewer-event.ts';

/** What viewers did, as retrieval needs it; user-profile answers, wired by the composition root. */
export interface BehaviourSource {
  /** (query, item) pairs that ended in a click or more, newest first. */
  engagedPairs(limit: number): Promise<readonly EngagedPair[]>;
  /** Pairs of items that one viewer chose within a day, those of most viewers first; they teach what goes together. */
  chosenTogether(limit: number): Promise<readonly ItemPair[]>;
  /** What came of the answers to these queries; one an item that was chosen or is known to have been seen. */
  reactions(queryIds: readonly string[]): Promise<readonly Reaction[]>;
  /** Items by decayed sum of weighted actions, highest first. */
  trending(limit: number): Promise<readonly { readonly itemId: string; readonly score: number }[]>;
  /** Items that the same viewers bought (or put in the cart) with any of these, by decayed count, highest first. */
  boughtTogether(
    itemIds: readonly string[],
    limit: number,
  ): Promise<readonly { readonly itemId: string; readonly score: number }[]>;
}

/** Stands in where user-profile is not wired or not reached. */
export const NO_BEHAVIOUR: BehaviourSource = {
  engagedPairs: () => Promise.resolve([]),
  chosenTogether: () => Promise.resolve([]),
  reactions: () => Promise.resolve([]),
  trending: () => Promise.resolve([]),
  boughtTogether: () => Promise.resolve([]),
};
