import { MedleyError } from '../../../src/runtime/errors.ts';
import { NO_TILT } from '../../../src/vocabulary/tilt.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';
import { mixWeights } from '../ranking/weights.ts';
import type { FoundRanking, FrontDoor } from './front-door.ts';
import type { JudgedQuery } from './judged-queries.ts';

/**
 * Sees to it that the server ranks by the profile that is known here, and that it can be tuned.
 *
 * @throws MedleyError INVALID_SETTING otherwise
 */
export async function checkServed(
  door: FrontDoor,
  profile: RankingProfile,
  queries: readonly JudgedQuery[],
): Promise<void> {
  const name = `"${profile.key}" version ${profile.version}`;
  if (profile.fusion !== 'LINEAR')
    throw new MedleyError(
      'INVALID_SETTING',
      `The ranking profile ${name} has the fusion ${profile.fusion}, and only LINEAR can be tuned. Name another profile with --profile.`,
    );
  const served = await door.search({ words: queries[0]?.words ?? '', profile: profile.key, first: 1 });
  if (served.version === profile.version && isMadeBy(profile, served)) return;
  throw new MedleyError(
    'INVALID_SETTING',
    `The server ranks by "${served.profile}" version ${served.version}, which differs from ${name} here. Set ` +
      'MEDLEY_RANKING_PROFILES to the file that the server has.',
  );
}

/** Whether these weights are what the profile makes of the query's tilt, but for rounding. */
function isMadeBy(profile: RankingProfile, { weights }: FoundRanking): boolean {
  const query = Object.fromEntries(weights.map(({ signal, queryTilt }) => [signal, queryTilt]));
  const present = new Set(weights.map(({ signal }) => signal));
  const own = mixWeights(profile, { query, viewer: NO_TILT, strength: 0 }, present);
  return weights.every(
    ({ signal, weight }) => Math.abs((own.find((each) => each.signal === signal)?.weight ?? 0) - weight) < 1e-4,
  );
}
