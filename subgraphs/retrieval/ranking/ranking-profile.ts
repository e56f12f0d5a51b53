import { z } from 'zod';
import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import type { Signal } from '../../../src/vocabulary/signal.ts';

const share = z.number().min(0).max(1);

const signalSettings = z
  .strictObject({ prior: share, min: share.default(0), max: share.default(1) })
  .refine(({ min, max }) => min <= max, 'expected "min" to be at most "max"');

/** The part of the score that each business boost may give at most; together at most half. */
const boosts = z
  .strictObject({
    popularity: share.default(0),
    freshness: share.default(0),
    stock: share.default(0),
    /** Holds back what is shown by a picture that could be any other's: a demotion by this much at most. */
    pictureMatch: share.default(0),
    freshnessHalfLifeDays: z.number().positive().default(90),
  })
  .refine(
    ({ popularity, freshness, stock, pictureMatch }) => popularity + freshness + stock + pictureMatch <= 0.5,
    'expected boosts that add up to at most 0.5 (half of the score)',
  );

const profileSchema = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected at most 40 lower-case letters, digits and hyphens'),
    /** As GraphQL tells it, in 32 bits. */
    version: z.int32().positive(),
    description: z.string().default(''),
    /** The share of viewers that this version is tried on; all others have the newest one that is not on trial. */
    trial: z.number().gt(0).lt(1).optional(),
    signals: z.strictObject({
      LEXICAL: signalSettings,
      TEXT: signalSettings,
      IMAGE: signalSettings,
      /** Profiles from before there was one do without. */
      ITEM: signalSettings.prefault({ prior: 0 }),
    }),
    /** How far the viewer may move the weights, 0 to 1. */
    strength: share.default(0.6),
    fusion: z.enum(['LINEAR', 'RRF']).default('LINEAR'),
    rankConstant: z.int().positive().default(60),
    /** How many hits a window keeps. */
    window: z.int().min(20).max(2000).default(500),
    /** How many candidates each kind of evidence brings. */
    candidates: z.int().min(20).max(5000).default(500),
    /** Hits of words with a lower linear score are cut off, 0 to 1. A picture or an item always looks like something. */
    minScore: share.default(0),
    /** Hits of words that are sorted by a field, and not by score, have at least this share of the best linear score, 0 to 1. */
    sortedCutoff: share.default(0.75),
    boosts: boosts.prefault({}),
    /** 0: by score alone; 1: by difference from what stands above alone. */
    diversity: share.default(0),
    /** At most so many variants of one group; 0 means no limit. Similar items and shelves show one where it is 0. */
    perGroup: z.int().min(0).default(0),
  })
  .superRefine(({ signals }, check) => {
    const on = SIGNALS.filter((signal) => signals[signal].prior > 0).map((signal) => signals[signal]);
    const sum = (pick: 'min' | 'max') => on.reduce((total, settings) => total + settings[pick], 0);
    if (on.length === 0)
      check.addIssue({ code: 'custom', message: 'every prior is 0; at least one signal has to count' });
    else if (sum('min') > 1)
      check.addIssue({
        code: 'custom',
        message: `the values of "min" add up to ${String(sum('min'))}; expected at most 1`,
      });
    else if (sum('max') < 1)
      check.addIssue({
        code: 'custom',
        message: `the values of "max" add up to ${String(sum('max'))}; expected at least 1`,
      });
  });

export const rankingProfilesSchema = z
  .array(profileSchema)
  .min(1)
  .refine(
    (all) => new Set(all.map(({ key, version }) => `${key}@${String(version)}`)).size === all.length,
    'two profiles have the same key and version',
  )
  .refine(
    (all) => all.every(({ key }) => all.some((other) => other.key === key && other.trial === undefined)),
    'a key has only versions with "trial"; the other viewers need a version without',
  );

/** Named, versioned settings of a ranking; a version never changes once published, but for its trial. */
export type RankingProfile = Readonly<z.infer<typeof profileSchema>>;

export type SignalSettings = RankingProfile['signals'][Signal];
