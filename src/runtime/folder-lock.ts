import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { MedleyError } from './errors.ts';
import { hasCode, readIfThere, writeDurably } from './durable-file.ts';

export interface FolderLock {
  /** Why the lock is ours no more; undefined while it is. */
  lost(): Error | undefined;
  release(): Promise<void>;
}

/** A lock that was not refreshed for so many milliseconds has lost its process, whatever the process table says. */
const STALE = 15_000;

/** Folders that this process has locked. */
const mine = new Set<string>();

/**
 * Locks a folder against other processes. A lock whose process is gone (killed, or the machine fell) is taken over at once.
 * Errors: DATA_FOLDER_LOCKED.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = resolve(folder);
  await mkdir(path, { recursive: true });
  if (mine.has(path)) throw locked();
  mine.add(path);
  try {
    return await takePatiently(path);
  } catch (error) {
    mine.delete(path);
    throw error;
  }
}

/** A process that was just killed is still seen for a moment. */
async function takePatiently(path: string, tries = 6): Promise<FolderLock> {
  for (let left = tries; ; left--) {
    try {
      return await take(path);
    } catch (error) {
      if (left === 0 || !(error instanceof MedleyError)) throw error;
      await setTimeout(100);
    }
  }
}

async function take(path: string): Promise<FolderLock> {
  const lockfilePath = join(path, 'writer.lock');
  const ownerPath = join(path, 'writer.json');
  let lost: Error | undefined;
  const onCompromised = (error: Error): void => void (lost = error);
  if (await isGone(ownerPath))
    for (const left of [ownerPath, lockfilePath]) await rm(left, { recursive: true, force: true });
  const release = await lock(path, { lockfilePath, stale: STALE, update: 3000, onCompromised }).catch(
    (error: unknown) => {
      throw hasCode(error, 'ELOCKED') ? locked(error) : error;
    },
  );
  await writeDurably(ownerPath, JSON.stringify({ pid: process.pid, born: await birthOf(process.pid) }));
  return {
    lost: () => lost,
    release: async () => {
      mine.delete(path);
      await rm(ownerPath, { force: true });
      if (!lost) await release();
    },
  };
}

interface Owner {
  readonly pid: number;
  readonly born?: string;
}

/** Whether the process that wrote its number here has ended; unknown means no, and the lock's age decides. */
async function isGone(ownerPath: string): Promise<boolean> {
  const text = await readIfThere(ownerPath);
  if (!text) return false;
  const { pid, born } = JSON.parse(text.toString()) as Owner;
  return !isAlive(pid) || born !== (await birthOf(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** When a process that runs began, where the system tells: after a restart another process may have the same number. */
async function birthOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid.toString()}/stat`, 'utf8');
    // The name before it may hold spaces and brackets; after it comes the state (Z: ended, not yet buried), and 19 on the start.
    const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return words[0] === 'Z' || words[0] === 'X' ? 'ended' : words[19];
  } catch {
    return undefined;
  }
}

function locked(cause?: unknown): MedleyError {
  return new MedleyError(
    'DATA_FOLDER_LOCKED',
    'another process has the data folder open for writing: stop it, or choose another data folder',
    { cause },
  );
}
