import type { EngagedPair, ItemPair, Reaction } from '../../src/vocabulary/viewer-event.ts';
import type { ProfileSettings } from './config.ts';
import type { ProfileStore, ScoredItem } from './profile-store.ts';

/** What all viewers did together: retrieval's BehaviourSource, answered from the store. */
export interface Behaviour {
  engagedPairs(limit: number): Promise<readonly EngagedPair[]>;
  chosenTogether(limit: number): Promise<readonly ItemPair[]>;
  reactions(queryIds: readonly string[]): Promise<readonly Reaction[]>;
  trending(limit: number): Promise<readonly ScoredItem[]>;
  boughtTogether(itemIds: readonly string[], limit: number): Promise<readonly ScoredItem[]>;
}

export function behaviourOf(store: ProfileStore, settings: ProfileSettings, now: () => number): Behaviour {
  const { trendingHalfLife, boughtTogetherHalfLife } = settings;
  return {
    engagedPairs: (limit) => store.engagedPairs(limit),
    chosenTogether: (limit) => store.chosenTogether(limit),
    reactions: (queryIds) => store.reactions(queryIds),
    trending: (limit) => store.trending(limit, { now: now(), halfLife: trendingHalfLife }),
    boughtTogether: (itemIds, limit) =>
      store.boughtTogether(itemIds, limit, { now: now(), halfLife: boughtTogetherHalfLife }),
  };
}
