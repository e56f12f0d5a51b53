import { totalmem } from 'node:os';
import { z } from 'zod';
import { DEFAULT_MODELS } from '../../src/inference/releases/model-folders.ts';
import type { Environment } from '../../src/runtime/environment.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { oneOf, parseSettings, wholeNumber } from '../../src/runtime/settings.ts';
import { elasticsearchConfig, elasticsearchSettings, missingOf } from './elasticsearch-config.ts';
import type { ElasticsearchConfig } from './elasticsearch-config.ts';
import type { PolicyFiles } from './policy-files.ts';
import { readProfiles } from './ranking-profiles.ts';
import { readRules } from './rules/rules-file.ts';
import { readPopularSearches } from './suggesting/popular-searches-file.ts';
import { readSynonyms } from './synonyms-file.ts';

const settings = z.object({
  ...elasticsearchSettings,
  MEDLEY_TEXT_MODEL: z.string().default(DEFAULT_MODELS.text),
  MEDLEY_IMAGE_MODEL: z.string().default(DEFAULT_MODELS.picture),
  MEDLEY_ENCODER_WORKERS: wholeNumber(1, 256).optional(),
  MEDLEY_IMAGE_URLS: oneOf('public', 'any', 'none').default('public'),
  MEDLEY_RESIDENT_BYTES: wholeNumber(1).default(halfOfMemory),
  MEDLEY_RANKING_PROFILES: z.string().superRefine(usableBy(readProfiles)).optional(),
  MEDLEY_SYNONYMS: z.string().superRefine(usableBy(readSynonyms)).optional(),
  MEDLEY_RANKING_RULES: z.string().superRefine(usableBy(readRules)).optional(),
  MEDLEY_POPULAR_SEARCHES: z.string().superRefine(usableBy(readPopularSearches)).optional(),
});

/** The settings of retrieval that are not everyone's. */
export interface RetrievalConfig {
  /** Folders with a manifest: what the first catalogue is encoded with. */
  readonly models: { readonly text: string; readonly picture: string };
  /** Threads of each encoder; the number of cores when absent. */
  readonly workers: number | undefined;
  /** Which picture URLs of live writes are fetched: of the public internet, of private networks too, or none. */
  readonly imageUrls: 'public' | 'any' | 'none';
  /** The most bytes of vectors that the embedded index keeps in memory. */
  readonly residentBytes: number;
  /** What the shop says of how it is to be searched. */
  readonly policy: PolicyFiles;
  /** Absent where the index is the embedded one. */
  readonly elasticsearch?: ElasticsearchConfig;
}

/** @throws MedleyError INVALID_SETTING with all problems together. */
export function retrievalConfig(env: Environment): RetrievalConfig {
  const read = parseSettings(settings, env);
  const missing = missingOf(read);
  if (missing !== undefined) throw new MedleyError('INVALID_SETTING', missing);
  return {
    models: { text: read.MEDLEY_TEXT_MODEL, picture: read.MEDLEY_IMAGE_MODEL },
    workers: read.MEDLEY_ENCODER_WORKERS,
    imageUrls: read.MEDLEY_IMAGE_URLS,
    residentBytes: read.MEDLEY_RESIDENT_BYTES,
    policy: read,
    elasticsearch: elasticsearchConfig(read),
  };
}

/** Of the memory that this process may have: a container may have less than its machine. */
function halfOfMemory(): number {
  return Math.floor(Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2);
}

/** What is wrong with a file is told with the other settings. */
function usableBy(read: (file: string) => unknown): (file: string, check: z.RefinementCtx) => void {
  return (file, check) => {
    try {
      read(file);
    } catch (error) {
      if (!(error instanceof MedleyError)) throw error;
      check.addIssue({ code: 'custom', message: error.message });
    }
  };
}
