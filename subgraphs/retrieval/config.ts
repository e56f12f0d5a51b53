import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Environment } from '../../src/runtime/environment.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { elasticsearchConfig, elasticsearchSettings, missingOf } from './elasticsearch-config.ts';
import type { ElasticsearchConfig } from './elasticsearch-config.ts';

const shipped = (name: string): string => fileURLToPath(new URL(`../../models/${name}`, import.meta.url));

const settings = z.object({
  ...elasticsearchSettings,
  MEDLEY_TEXT_MODEL: z.string().default(shipped('minilm-l6-v2')),
  MEDLEY_IMAGE_MODEL: z.string().default(shipped('efficientnet-lite0')),
  MEDLEY_IMAGE_URLS: z.enum(['public', 'any', 'none']).default('public'),
  MEDLEY_RESIDENT_BYTES: z.coerce.number().int().positive().default(halfOfMemory),
});

/** The settings of retrieval that are not everyone's. */
export interface RetrievalConfig {
  /** What items are encoded with, the same as queries. */
  readonly models: { readonly text: string; readonly picture: string };
  /** Which picture URLs of live writes are fetched: of the public internet, of private networks too, or none. */
  readonly imageUrls: 'public' | 'any' | 'none';
  /** The most bytes of vectors that the embedded index keeps in memory. */
  readonly residentBytes: number;
  /** Absent where the index is the embedded one. */
  readonly elasticsearch?: ElasticsearchConfig;
}

/** @throws MedleyError INVALID_SETTING with all problems together. */
export function retrievalConfig(env: Environment): RetrievalConfig {
  const parsed = settings.safeParse(env);
  if (!parsed.success)
    throw new MedleyError('INVALID_SETTING', `Some settings are wrong:\n${z.prettifyError(parsed.error)}`);
  const read = parsed.data;
  const missing = missingOf(read);
  if (missing !== undefined) throw new MedleyError('INVALID_SETTING', missing);
  return {
    models: { text: read.MEDLEY_TEXT_MODEL, picture: read.MEDLEY_IMAGE_MODEL },
    imageUrls: read.MEDLEY_IMAGE_URLS,
    residentBytes: read.MEDLEY_RESIDENT_BYTES,
    elasticsearch: elasticsearchConfig(read),
  };
}

/** Of the memory that this process may have: a container may have less than its machine. */
function halfOfMemory(): number {
  return Math.floor(Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2);
}
