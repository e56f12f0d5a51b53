import { bothOf } from '../../src/vocabulary/item-filter.ts';
import type { ItemFilter } from '../../src/vocabulary/item-filter.ts';
import { GROUP_FIELD, groupOf } from './index/group-tally.ts';
import type { ItemIndex } from './index/item-index.ts';
import { whatAnswers } from './index/partly-read.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';

/** The groups of some items, each once. */
export async function groupsOf(index: Pick<ItemIndex, 'fields'>, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const { read } = await whatAnswers(index.fields(ids, [GROUP_FIELD]));
  return [...new Set(read.flatMap((fields) => groupOf(fields) ?? []))];
}

/** A filter that no item of these groups passes. */
export function withoutGroups(filter: ItemFilter | undefined, groups: readonly string[]): ItemFilter | undefined {
  return groups.length === 0 ? filter : bothOf(filter, { not: { field: GROUP_FIELD, in: groups } });
}

/** A profile for what is shown unasked, beside an item or on a shelf: one variant of a thing is enough, unless it says itself how many. */
export function oneOfEach(profile: RankingProfile): RankingProfile {
  return profile.perGroup > 0 ? profile : { ...profile, perGroup: 1 };
}
