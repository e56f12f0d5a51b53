import { z } from 'zod';
import { DEFAULT_MODELS } from '../../src/inference/releases/model-folders.ts';
import { MedleyError } from '../../src/runtime/errors.ts';

const whole = z.coerce.number('expected a whole number').int('expected a whole number');

const settings = z.object({
  MEDLEY_TEXT_MODEL: z.string().default(DEFAULT_MODELS.text),
  MEDLEY_IMAGE_MODEL: z.string().default(DEFAULT_MODELS.picture),
  MEDLEY_ENCODER_WORKERS: whole.min(1).max(256).optional(),
  MEDLEY_QUERY_CACHE: whole.min(1).max(1_000_000).default(10_000),
  /** Milliseconds. */
  MEDLEY_UPLOAD_TTL: whole.min(1000).default(86_400_000),
  MEDLEY_UPLOAD_BYTES: whole.min(1_000_000).default(1_000_000_000),
  MEDLEY_IMAGE_URLS: z.enum(['public', 'any', 'none']).default('public'),
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
export function queryEmbeddingConfig(env: Readonly<Record<string, string | undefined>>): QueryEmbeddingConfig {
  // `NAME=` in a shell or an env file means "not set".
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = settings.safeParse(set);
  if (!parsed.success) {
    throw new MedleyError('INVALID_SETTING', `Some settings are wrong:\n${z.prettifyError(parsed.error)}`);
  }
  const read = parsed.data;
  return {
    models: { text: read.MEDLEY_TEXT_MODEL, picture: read.MEDLEY_IMAGE_MODEL },
    workers: read.MEDLEY_ENCODER_WORKERS,
    cacheEntries: read.MEDLEY_QUERY_CACHE,
    uploads: { maxAge: read.MEDLEY_UPLOAD_TTL, maxBytes: read.MEDLEY_UPLOAD_BYTES },
    imageUrls: read.MEDLEY_IMAGE_URLS,
  };
}
