import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MedleyError } from '../../src/runtime/errors.ts';
import type { RankingProfileRef } from '../../src/vocabulary/search-request.ts';
import { withoutMark } from '../../src/runtime/byte-order-mark.ts';
import { rankingProfilesSchema } from './ranking/ranking-profile.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';

const DEFAULTS = new URL('./ranking/default-profiles.json', import.meta.url);

/** The key of the profile that ranks a search that names none. */
const FALLBACK = 'default';

/** The ranking profiles of this service, by key and version. */
export interface RankingProfiles {
  /** The version asked for, or the newest; `default` when nothing is asked. Throws UNKNOWN_PROFILE. */
  select(ref: RankingProfileRef | undefined): RankingProfile;
}

export function readRankingProfiles(file?: string | URL): RankingProfiles {
  return rankingProfiles(readProfiles(file));
}

/** Reads and checks a file of profiles (the built-in ones by default); all problems are told together, as INVALID_SETTING. */
export function readProfiles(file: string | URL = DEFAULTS): readonly RankingProfile[] {
  const read = rankingProfilesSchema.safeParse(readJson(file));
  if (!read.success)
    throw new MedleyError('INVALID_SETTING', `The ranking profiles are wrong:\n${z.prettifyError(read.error)}`);
  const keys = read.data.map(({ key }) => key);
  if (!keys.includes(FALLBACK))
    throw new MedleyError(
      'INVALID_SETTING',
      `${String(file)} has no profile "${FALLBACK}", which ranks what names none; it has ${keys.join(', ')}. Call one of them "${FALLBACK}", or add one.`,
    );
  return read.data;
}

function readJson(file: string | URL): unknown {
  try {
    return JSON.parse(withoutMark(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MedleyError('INVALID_SETTING', `${String(file)} is no file of ranking profiles: ${reason}`);
  }
}

export function rankingProfiles(all: readonly RankingProfile[]): RankingProfiles {
  const newest = new Map<string, RankingProfile>();
  for (const profile of all)
    if (profile.version > (newest.get(profile.key)?.version ?? 0)) newest.set(profile.key, profile);
  return {
    select: (ref = { key: FALLBACK }) => {
      const found =
        ref.version === undefined
          ? newest.get(ref.key)
          : all.find(({ key, version }) => key === ref.key && version === ref.version);
      if (found) return found;
      const asked = ref.version === undefined ? ref.key : `${ref.key} version ${String(ref.version)}`;
      throw new MedleyError(
        'UNKNOWN_PROFILE',
        `There is no ranking profile ${asked}. Known: ${[...newest.keys()].sort().join(', ')}.`,
      );
    },
  };
}
