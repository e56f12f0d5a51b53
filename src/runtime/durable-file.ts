import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file in one step that survives a fall of the machine: written aside, synced, renamed, and the folder synced. */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const aside = `${path}.new`;
  const file = await open(aside, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Undefined where there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Whether the system failed for this reason. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
