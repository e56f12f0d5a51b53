import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../../runtime/environment.ts';
import { readIfThere, writeDurably } from '../../runtime/durable-file.ts';
import { MedleyError } from '../../runtime/errors.ts';
import { apiKey, hashOf, newKey } from './api-key.ts';
import type { ApiKey } from './api-key.ts';

const schema = z.strictObject({ keys: z.array(apiKey) });

/** Where the keys are kept. */
export function keyFile({ MEDLEY_KEYS, MEDLEY_DATA_DIR }: Pick<Settings, 'MEDLEY_KEYS' | 'MEDLEY_DATA_DIR'>): string {
  return MEDLEY_KEYS ?? join(MEDLEY_DATA_DIR, 'keys.json');
}

/** The keys of a file; undefined where there is no file. Errors: INVALID_SETTING. */
export async function readKeys(file: string): Promise<readonly ApiKey[] | undefined> {
  const content = await readIfThere(file);
  if (!content) return undefined;
  const read = schema.safeParse(parsed(content.toString()));
  if (read.success) return read.data.keys;
  throw new MedleyError('INVALID_SETTING', `The file of API keys is wrong:\n${z.prettifyError(read.error)}`);
}

/** Adds a key and tells it, this once. Errors: INVALID_INPUT where the name is taken. */
export async function addKey(file: string, key: Omit<ApiKey, 'sha256'>): Promise<string> {
  const keys = (await readKeys(file)) ?? [];
  if (keys.some(({ name }) => name === key.name))
    throw new MedleyError(
      'INVALID_INPUT',
      `There is a key "${key.name}" already: remove it first, or choose another name.`,
    );
  const made = newKey();
  await writeKeys(file, [...keys, { ...key, sha256: hashOf(made) }]);
  return made;
}

/** Removes a key. Errors: INVALID_INPUT where there is none of this name. */
export async function removeKey(file: string, name: string): Promise<void> {
  const keys = (await readKeys(file)) ?? [];
  const left = keys.filter((key) => key.name !== name);
  if (left.length === keys.length)
    throw new MedleyError('INVALID_INPUT', `There is no key "${name}"; "medley keys list" shows those there are.`);
  await writeKeys(file, left);
}

function writeKeys(file: string, keys: readonly ApiKey[]): Promise<void> {
  return writeDurably(file, `${JSON.stringify({ keys }, undefined, 2)}\n`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
