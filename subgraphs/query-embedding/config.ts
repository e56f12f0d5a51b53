import { z } from 'zod';
import { DEFAULT_MODELS } from '../../src/inference/releases/model-folders.ts';
import { LONGEST_AGE, oneOf, parseSettings, wholeNumber } from '../../src/runtime/settings.ts';
import type { Environment } from '../../src/runtime/settings.ts';

const settings = z.object({
  MEDLEY_TEXT_MODEL: z.string().default(DEFAULT_MODELS.text),
  MEDLEY_IMAGE_MODEL: z.string().default(DEFAULT_MODELS.picture),
  MEDLEY_ENCODER_WORKERS: wholeNumber(1, 256).optional(),
  MEDLEY_QUERY_CACHE: wholeNumber(1, 1_000_000).default(10_000),
  /** Milliseconds. */
  MEDLEY_UPLOAD_TTL: wholeNumber(1000, LONGEST_AGE).default(86_400_000),
  MEDLEY_UPLOAD_BYTES: wholeNumber(1_000_000).default(1_000_000_000),
  MEDLEY_IMAGE_URLS: oneOf('public', 'any', 'none').default('public'),
});

/** The settings of query-embedding. */
export interface QueryEmbeddingConfig {
  /** Folders with a manifest. */
  readonly models: { readonly text: string; readonly picture: string };
  /** Threads of each encoder; the number of cores when absent. */
  readonly workers: number | undefined;
  /** Query vectors that are kept, for texts and for pictures each. */
  readonly cacheEntries: number;
  /** Milliseconds and bytes that uploaded pictures are kept for. */
  readonly uploads: { readonly maxAge: number; readonly maxBytes: number };
  /** Which picture URLs are fetched: of the public internet, of private networks too, or none. */
  readonly imageUrls: 'public' | 'any' | 'none';
}

/** @throws MedleyError INVALID_SETTING with all problems together. */
export function queryEmbeddingConfig(env: Environment): QueryEmbeddingConfig {
  // `NAME=` in a shell or an env file means "not set".
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = parseSettings(settings, set);
  return {
    models: { text: read.MEDLEY_TEXT_MODEL, picture: read.MEDLEY_IMAGE_MODEL },
    workers: read.MEDLEY_ENCODER_WORKERS,
    cacheEntries: read.MEDLEY_QUERY_CACHE,
    uploads: { maxAge: read.MEDLEY_UPLOAD_TTL, maxBytes: read.MEDLEY_UPLOAD_BYTES },
    imageUrls: read.MEDLEY_IMAGE_URLS,
  };
}
