import type { Item } from '../../../src/vocabulary/item.ts';
import type { RankingProfile } from './ranking-profile.ts';

const DAY = 86_400_000;
/** The popularity that counts half: its logarithm is compared with this one's, so ten times as popular is not ten times better. */
const HALF_POPULARITY = Math.log1p(100);
/** What most items with a picture have: one that cannot be compared is neither held back nor put before them. */
const TYPICAL_MATCH = 0.9;

/**
 * What business wants, as a bounded share of the score: `score' = (1 - share) * score + sum of share_b * value_b`, every value in 0..1.
 * Never a raw multiplier: a best-seller cannot outrun relevance by more than its share.
 */
export function boosted(
  score: number,
  item: Item | undefined,
  { profile: { boosts }, now }: { readonly profile: RankingProfile; readonly now: number },
): number {
  const share = boosts.popularity + boosts.freshness + boosts.stock + boosts.pictureMatch;
  if (share === 0 || !item) return score;
  const gain =
    boosts.popularity * popularity(item) +
    boosts.freshness * freshness(item, boosts.freshnessHalfLifeDays, now) +
    boosts.stock * (item.inStock === false ? 0 : 1) +
    boosts.pictureMatch * (item.pictureMatch ?? TYPICAL_MATCH);
  return (1 - share) * score + gain;
}

function popularity(item: Item): number {
  const level = Math.log1p(Math.max(0, item.popularity ?? 0));
  return level / (level + HALF_POPULARITY);
}

function freshness(item: Item, halfLifeDays: number, now: number): number {
  if (!item.createdAt) return 0;
  const days = Math.max(0, now - Date.parse(item.createdAt)) / DAY;
  return 2 ** (-days / halfLifeDays);
}
