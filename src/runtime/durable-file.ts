import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a file in one step that survives a fall of the machine: written aside, synced, renamed, and the folder synced, which libraries
 * for this leave out. Several may replace it at once: what one of them wrote stands there, whole.
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const aside = `${path}.${randomUUID()}.new`;
  try {
    await synced(aside, 'wx', (file) => file.writeFile(content));
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await synced(dirname(path), 'r');
}

async function synced(path: string, flags: 'wx' | 'r', write?: (opened: FileHandle) => Promise<void>): Promise<void> {
  const opened = await open(path, flags);
  try {
    await write?.(opened);
    await opened.sync();
  } finally {
    await opened.close();
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
