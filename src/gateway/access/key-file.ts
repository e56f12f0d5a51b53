import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { withoutMark } from '../../runtime/byte-order-mark.ts';
import type { Settings } from '../../runtime/environment.ts';
import { readIfThere, writeDurably } from '../../runtime/durable-file.ts';
import { MedleyError } from '../../runtime/errors.ts';
import { fileProblems } from '../../runtime/field-problem.ts';
import { apiKey, hashOf, LONGEST_NAME, newKey } from './api-key.ts';
import type { ApiKey } from './api-key.ts';

const schema = z.strictObject({ keys: z.array(apiKey) });

/** Where the keys are kept. */
export function keyFile({ MEDLEY_KEYS, MEDLEY_DATA_DIR }: Pick<Settings, 'MEDLEY_KEYS' | 'MEDLEY_DATA_DIR'>): string {
  return MEDLEY_KEYS ?? join(MEDLEY_DATA_DIR, 'keys.json');
}

/** The keys of a file; undefined where there is no file. Errors: INVALID_SETTING. */
export async function readKeys(file: string): Promise<readonly ApiKey[] | undefined> {
  const content = await readIfThere(file).catch((cause: unknown) => {
    throw unusable(file, 'read', cause);
  });
  if (!content) return undefined;
  const given = parsed(file, content.toString());
  const read = schema.safeParse(given);
  if (read.success) return read.data.keys;
  throw new MedleyError(
    'INVALID_SETTING',
    `The file of API keys, ${file}, is wrong:\n${fileProblems(read.error, given)}`,
  );
}

/** Adds a key and tells it, this once. Errors: INVALID_INPUT where the name is taken, or none; INVALID_SETTING. */
export async function addKey(file: string, { name, ...key }: Omit<ApiKey, 'sha256'>): Promise<string> {
  if (!apiKey.shape.name.safeParse(name).success)
    throw new MedleyError(
      'INVALID_INPUT',
      `The name of the key has ${name.length} characters; expected 1 to ${LONGEST_NAME}.`,
    );
  const made = newKey();
  await changeKeys(file, (keys) => {
    if (keys.some((one) => one.name === name))
      throw new MedleyError(
        'INVALID_INPUT',
        `There is already a key "${name}". Remove it first, or choose another name.`,
      );
    return [...keys, { name, ...key, sha256: hashOf(made) }];
  });
  return made;
}

/** Removes a key. Errors: INVALID_INPUT where there is none of this name; INVALID_SETTING. */
export async function removeKey(file: string, name: string): Promise<void> {
  await changeKeys(file, (keys) => {
    const left = keys.filter((key) => key.name !== name);
    if (left.length < keys.length) return left;
    throw new MedleyError(
      'INVALID_INPUT',
      `There is no key "${name}". To see all keys, run: npm run medley -- keys list`,
    );
  });
}

type Keys = readonly ApiKey[];

/** How often it is asked whether another change is done: for longer than the lock of a command that was killed holds, 10 seconds. */
const WAITING = { retries: 300, factor: 1, minTimeout: 50 };

/** One change after another, by whichever command: two that began with the same keys would lose one of theirs. */
async function changeKeys(file: string, change: (keys: Keys) => Keys): Promise<void> {
  const release = await lockKeys(file).catch((cause: unknown) => {
    throw unusable(file, 'written', cause);
  });
  try {
    const keys = change((await readKeys(file)) ?? []);
    await writeDurably(file, `${JSON.stringify({ keys }, undefined, 2)}\n`);
  } finally {
    await release();
  }
}

async function lockKeys(file: string): Promise<() => Promise<void>> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  return lock(folder, { lockfilePath: `${file}.lock`, retries: WAITING });
}

function unusable(file: string, how: 'read' | 'written', cause: unknown): MedleyError {
  const reason = String((cause as NodeJS.ErrnoException).code);
  const said = `The file of API keys, ${file}, cannot be ${how} (${reason}). Correct its permissions, or name another file in MEDLEY_KEYS.`;
  return new MedleyError('INVALID_SETTING', said, { cause });
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch (cause) {
    const said = `The file of API keys, ${file}, is not JSON (${(cause as Error).message}). Restore it from a backup, or remove it and make new keys.`;
    throw new MedleyError('INVALID_SETTING', said, { cause });
  }
}
