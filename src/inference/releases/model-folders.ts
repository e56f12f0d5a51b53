import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../runtime/environment.ts';

const SHIPPED = fileURLToPath(new URL('../../../models', import.meta.url));

/** What encodes unless told otherwise. */
export const DEFAULT_MODELS = { text: join(SHIPPED, 'minilm-l6-v2'), picture: join(SHIPPED, 'efficientnet-lite0') };

/** The folders that the settings name; absent where they leave it to what is in use. */
export interface NamedModels {
  readonly text?: string;
  readonly picture?: string;
}

export function namedModels({ MEDLEY_TEXT_MODEL: text, MEDLEY_IMAGE_MODEL: picture }: Environment): NamedModels {
  return { text: text === '' ? undefined : text, picture: picture === '' ? undefined : picture };
}

/** The model folders that ship with Medley. */
export async function shippedFolders(): Promise<readonly string[]> {
  const entries = await readdir(SHIPPED, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(SHIPPED, name));
}
