import { createHash } from 'node:crypto';
import type { ViewerRef } from '../../../src/vocabulary/search-request.ts';
import type { RankingProfile } from './ranking-profile.ts';

/**
 * Whether a version that is on trial ranks for a viewer: always the same for the same viewer, for as many more as the share grows, and
 * drawn anew for every key and version. Who names no viewer is nobody's trial.
 */
export function isTriedOn(
  { userId, clientId }: ViewerRef,
  { key, version, trial = 0 }: Pick<RankingProfile, 'key' | 'version' | 'trial'>,
): boolean {
  const viewer = userId === undefined ? clientId : `user ${userId}`;
  if (viewer === undefined) return false;
  const draw = createHash('sha256').update(`${key}@${version} ${viewer}`).digest().readUInt32BE();
  return draw < trial * 2 ** 32;
}
