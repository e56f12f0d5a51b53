import { readFileSync } from 'node:fs';
import { MedleyError } from '../../src/runtime/errors.ts';
import { fileProblems } from '../../src/runtime/field-problem.ts';
import type { RankingProfileRef, ViewerRef } from '../../src/vocabulary/search-request.ts';
import { withoutMark } from '../../src/runtime/byte-order-mark.ts';
import { rankingProfilesSchema } from './ranking/ranking-profile.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';
import { isTriedOn } from './ranking/trial.ts';

const DEFAULTS = new URL('./ranking/default-profiles.json', import.meta.url);

/** The key of the profile that ranks a search that names none. */
const FALLBACK = 'default';

/** The ranking profiles of this service, by key and version. */
export interface RankingProfiles {
  /**
   * The version asked for, or the newest; `default` when nothing is asked. A newer one that is on trial is for those viewers alone whom
   * it is tried on. Throws UNKNOWN_PROFILE.
   */
  select(ref: RankingProfileRef | undefined, viewer?: ViewerRef): RankingProfile;
  /** The trial of a key that is under way. */
  trialOf(key: string): ProfileTrial | undefined;
  /** Versions of a key that say "trial" and are tried on nobody: a newer one is, or ranks for all. The oldest first. */
  idleTrialsOf(key: string): readonly number[];
}

export interface ProfileTrial {
  readonly usual: RankingProfile;
  readonly trial: RankingProfile;
}

export function readRankingProfiles(file?: string | URL): RankingProfiles {
  return rankingProfiles(readProfiles(file));
}

/** Reads and checks a file of profiles (the built-in ones by default); all problems are told together, as INVALID_SETTING. */
export function readProfiles(file: string | URL = DEFAULTS): readonly RankingProfile[] {
  const given = readJson(file);
  const read = rankingProfilesSchema.safeParse(given);
  if (!read.success)
    throw new MedleyError(
      'INVALID_SETTING',
      `The ranking profiles in ${String(file)} are wrong:\n${fileProblems(read.error, given)}`,
    );
  const keys = read.data.map(({ key }) => key);
  if (!keys.includes(FALLBACK))
    throw new MedleyError(
      'INVALID_SETTING',
      `${String(file)} has no profile "${FALLBACK}", which ranks searches that name no profile; it has ${keys.join(', ')}. Name one of them "${FALLBACK}", or add one.`,
    );
  return read.data;
}

function readJson(file: string | URL): unknown {
  try {
    return JSON.parse(withoutMark(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MedleyError('INVALID_SETTING', `${String(file)} cannot be read as a file of ranking profiles: ${reason}`);
  }
}

export function rankingProfiles(all: readonly RankingProfile[]): RankingProfiles {
  const served = newestOf(all.filter(({ trial }) => trial === undefined));
  const tried = newestOf(all.filter(({ trial }) => trial !== undefined));
  const trialOf = (key: string): ProfileTrial | undefined => {
    const [usual, trial] = [served.get(key), tried.get(key)];
    return trial && usual && trial.version > usual.version ? { usual, trial } : undefined;
  };
  const forViewer = (key: string, viewer: ViewerRef): RankingProfile | undefined => {
    const { trial } = trialOf(key) ?? {};
    return trial && isTriedOn(viewer, trial) ? trial : served.get(key);
  };
  const idleTrialsOf = (key: string): readonly number[] =>
    all
      .filter((one) => one.key === key && one.trial !== undefined && one !== trialOf(key)?.trial)
      .map(({ version }) => version)
      .sort((a, b) => a - b);
  return {
    trialOf,
    idleTrialsOf,
    select: (ref = { key: FALLBACK }, viewer = {}) => {
      const found =
        ref.version === undefined
          ? forViewer(ref.key, viewer)
          : all.find(({ key, version }) => key === ref.key && version === ref.version);
      if (found) return found;
      const asked = ref.version === undefined ? ref.key : `${ref.key} version ${String(ref.version)}`;
      throw new MedleyError(
        'UNKNOWN_PROFILE',
        `There is no ranking profile ${asked}. Known: ${[...served.keys()].sort().join(', ')}.`,
      );
    },
  };
}

function newestOf(profiles: readonly RankingProfile[]): ReadonlyMap<string, RankingProfile> {
  return new Map(profiles.toSorted((a, b) => a.version - b.version).map((profile) => [profile.key, profile]));
}
