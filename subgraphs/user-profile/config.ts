import { LONGEST_AGE, SettingsError } from '../../src/runtime/settings.ts';
import type { Environment } from '../../src/runtime/settings.ts';
import { DAY, SECOND } from './decay.ts';

/** Times are milliseconds. */
export interface ProfileSettings {
  readonly textHalfLife: number;
  readonly imageHalfLife: number;
  readonly choiceHalfLife: number;
  readonly trendingHalfLife: number;
  readonly boughtTogetherHalfLife: number;
  /** The share of the image for a viewer of whom nothing is known, in (0, 1). */
  readonly priorImage: number;
  /** The newest events that a profile is made from. */
  readonly longestHistory: number;
  /** How long a replica may answer from a profile that another replica has changed. */
  readonly freshFor: number;
  readonly cachedProfiles: number;
}

/** Every setting of this subgraph, with its default. Half-lives are in days. */
const DEFAULTS = {
  /** The taste in words. */
  MEDLEY_PROFILE_HALF_LIFE_TEXT: 30,
  /** The taste in looks. */
  MEDLEY_PROFILE_HALF_LIFE_IMAGE: 30,
  /** The evidence that weighs text against image. */
  MEDLEY_PROFILE_HALF_LIFE_CHOICES: 90,
  MEDLEY_PROFILE_HALF_LIFE_TRENDING: 3,
  MEDLEY_PROFILE_HALF_LIFE_TOGETHER: 60,
  MEDLEY_PROFILE_PRIOR_IMAGE: 0.5,
  MEDLEY_PROFILE_HISTORY: 200,
  /** Seconds. */
  MEDLEY_PROFILE_FRESH_FOR: 2,
  MEDLEY_PROFILE_CACHE: 10_000,
} as const;

/** What a cache of profiles has places for. */
const MOST_PROFILES = 10_000_000;

type Setting = keyof typeof DEFAULTS;

/** Reads the settings; all problems are reported together. */
export function readProfileSettings(environment: Environment): ProfileSettings {
  const problems: string[] = [];
  const read = (name: Setting, below = Infinity): number => {
    const text = environment[name];
    if (text === undefined || text === '') return DEFAULTS[name];
    const value = Number(text);
    if (value > 0 && value < below) return value;
    problems.push(
      `${name}: expected a number above 0${below === Infinity ? '' : ` and below ${below}`}, got "${text}"`,
    );
    return DEFAULTS[name];
  };
  const settings: ProfileSettings = {
    textHalfLife: read('MEDLEY_PROFILE_HALF_LIFE_TEXT') * DAY,
    imageHalfLife: read('MEDLEY_PROFILE_HALF_LIFE_IMAGE') * DAY,
    choiceHalfLife: read('MEDLEY_PROFILE_HALF_LIFE_CHOICES') * DAY,
    trendingHalfLife: read('MEDLEY_PROFILE_HALF_LIFE_TRENDING') * DAY,
    boughtTogetherHalfLife: read('MEDLEY_PROFILE_HALF_LIFE_TOGETHER') * DAY,
    priorImage: read('MEDLEY_PROFILE_PRIOR_IMAGE', 1),
    longestHistory: Math.ceil(read('MEDLEY_PROFILE_HISTORY', 10_000)),
    freshFor: Math.ceil(read('MEDLEY_PROFILE_FRESH_FOR', LONGEST_AGE / SECOND) * SECOND),
    cachedProfiles: Math.ceil(read('MEDLEY_PROFILE_CACHE', MOST_PROFILES)),
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}
