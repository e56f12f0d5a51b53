import { numberIn } from '../../../src/vocabulary/item.ts';
import type { FieldsOf } from '../../../src/vocabulary/item.ts';
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
  fields: FieldsOf | undefined,
  { profile, now }: { readonly profile: RankingProfile; readonly now: number },
): number {
  const { boosts } = profile;
  const share = boostShare(profile);
  if (share === 0 || !fields) return score;
  const gain =
    boosts.popularity * popularity(fields) +
    boosts.freshness * freshness(fields, boosts.freshnessHalfLifeDays, now) +
    boosts.stock * (fields('inStock')[0] === false ? 0 : 1) +
    boosts.pictureMatch * (numberIn(fields, 'pictureMatch') ?? TYPICAL_MATCH);
  return (1 - share) * score + gain;
}

/** The part of the score that the boosts make together, 0 to 1. */
export function boostShare({ boosts }: RankingProfile): number {
  return boosts.popularity + boosts.freshness + boosts.stock + boosts.pictureMatch;
}

/** What boosts read of an item. */
export function boostFields({ boosts }: RankingProfile): readonly string[] {
  const fields = { popularity: 'popularity', freshness: 'createdAt', stock: 'inStock', pictureMatch: 'pictureMatch' };
  return Object.entries(fields).flatMap(([boost, field]) => (boosts[boost as keyof typeof fields] > 0 ? [field] : []));
}

function popularity(fields: FieldsOf): number {
  const level = Math.log1p(Math.max(0, numberIn(fields, 'popularity') ?? 0));
  return level / (level + HALF_POPULARITY);
}

function freshness(fields: FieldsOf, halfLifeDays: number, now: number): number {
  const createdAt = numberIn(fields, 'createdAt');
  if (createdAt === undefined) return 0;
  const days = Math.max(0, now - createdAt) / DAY;
  return 2 ** (-days / halfLifeDays);
}
