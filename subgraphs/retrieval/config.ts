import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Environment } from '../../src/runtime/environment.ts';

const shipped = (name: string): string => fileURLToPath(new URL(`../../models/${name}`, import.meta.url));

/** The settings of retrieval that are not everyone's: the models it encodes items with, the same as those of the queries. */
export function retrievalConfig(env: Environment): {
  readonly models: { readonly text: string; readonly picture: string };
} {
  const schema = z.object({
    MEDLEY_TEXT_MODEL: z.string().default(shipped('minilm-l6-v2')),
    MEDLEY_IMAGE_MODEL: z.string().default(shipped('efficientnet-lite0')),
  });
  const { MEDLEY_TEXT_MODEL: text, MEDLEY_IMAGE_MODEL: picture } = schema.parse(env);
  return { models: { text, picture } };
}
