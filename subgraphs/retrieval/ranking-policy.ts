import type { Synonyms } from './index/synonyms.ts';
import type { RankingProfiles } from './ranking-profiles.ts';
import type { Rule } from './rules/rule.ts';
import type { PopularSearches } from './suggesting/popular-searches.ts';

/** What a shop says of how it is to be searched. */
export interface RankingPolicy {
  readonly profiles: RankingProfiles;
  /** What words mean beside themselves. */
  readonly synonyms: Synonyms;
  /** What some searches have to show. */
  readonly rules: readonly Rule[];
  /** What many viewers search, to be suggested to others. */
  readonly popular: PopularSearches;
}

/** As it is now: a shop may change its mind at any time, so a request asks once, when it begins. */
export type PolicySource = () => RankingPolicy;
