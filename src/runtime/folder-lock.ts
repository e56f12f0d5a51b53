import { mkdir, readFile, readlink, rm, rmdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { MedleyError } from './errors.ts';
import { hasCode, readIfThere, writeDurably } from './durable-file.ts';

export interface FolderLock {
  /** Why the lock is ours no more; undefined while it is. */
  lost(): Error | undefined;
  /** @throws MedleyError DATA_FOLDER_LOCKED where the lock is ours no more */
  check(): void;
  release(): Promise<void>;
}

/** A lock that was not refreshed for so many milliseconds has lost its process, whatever the process table says. */
const STALE = 15_000;

/** Folders that this process has locked. */
const mine = new Set<string>();

/**
 * Locks a folder against other processes. A lock whose process was killed is taken over at once; one of another container, or of before
 * the machine fell, once it was not refreshed for a while, since nobody here can see whether its process lives.
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
  await breakIfGone(lockfilePath, ownerPath);
  const release = await lock(path, { lockfilePath, stale: STALE, update: 3000, onCompromised }).catch(
    (error: unknown) => {
      throw hasCode(error, 'ELOCKED') ? locked(error) : error;
    },
  );
  const { pid } = process;
  const [born, among, taken] = await Promise.all([birthOf(pid), processTable(), identityOf(lockfilePath)]);
  const owner: Owner = { pid, born, among, lock: taken };
  await writeDurably(ownerPath, JSON.stringify(owner));
  return {
    lost: () => lost,
    check: () => {
      if (lost) throw takenOver(lost);
    },
    release: async () => {
      mine.delete(path);
      if (lost) return;
      await rm(ownerPath, { force: true });
      await release();
    },
  };
}

interface Owner {
  readonly pid: number;
  readonly born?: string;
  /** The table of processes that it is in: a container, or another machine, has one of its own. */
  readonly among?: string;
  /** Which lock was taken: another process may have put one of its own in the place of it. */
  readonly lock?: string;
}

/**
 * Removes a lock whose process has ended. Several may find it so at once and one may have taken the folder since, so whoever removes a
 * lock first claims that very lock, and then looks whether it is still there.
 */
async function breakIfGone(lockfilePath: string, ownerPath: string): Promise<void> {
  const found = await identityOf(lockfilePath);
  if (found === undefined || !(await isGone(ownerPath, found))) return;
  const claim = `${lockfilePath}.${found}`;
  await claimAlone(claim);
  try {
    if ((await identityOf(lockfilePath)) === found) await rmdir(lockfilePath);
  } finally {
    await rmdir(claim);
  }
}

async function claimAlone(claim: string): Promise<void> {
  try {
    await mkdir(claim);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    // Whoever claimed it may have been killed in its turn.
    if (await isOld(claim)) await rm(claim, { recursive: true, force: true });
    throw locked(error);
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.mtimeMs < Date.now() - STALE;
}

/** The same for as long as it is the same folder, however it is refreshed or moved; undefined where there is none. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { ino, birthtimeNs } = await stat(path, { bigint: true });
    return `${ino}-${birthtimeNs}`;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Whether the process that took this lock has ended; unknown means no, and the lock's age decides. */
async function isGone(ownerPath: string, found: string): Promise<boolean> {
  const text = await readIfThere(ownerPath);
  if (!text) return false;
  const { pid, born, among, lock: taken } = ownerIn(text.toString());
  if (pid === undefined || taken !== found || among !== (await processTable())) return false;
  return !isAlive(pid) || born !== (await birthOf(pid));
}

/** Nothing of a file that is damaged, as after the machine fell. */
function ownerIn(text: string): Partial<Owner> {
  try {
    return { ...(JSON.parse(text) as Owner | null) };
  } catch {
    return {};
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Which table of processes this process sees, where the system tells. */
async function processTable(): Promise<string | undefined> {
  try {
    const [boot, space] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readlink('/proc/self/ns/pid'),
    ]);
    return `${boot.trim()} ${space}`;
  } catch {
    return undefined;
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
    'Another process has the data folder open for writing. Stop it, or choose another data folder (MEDLEY_DATA_DIR).',
    { cause },
  );
}

function takenOver(cause: Error): MedleyError {
  return new MedleyError('DATA_FOLDER_LOCKED', 'Another process has taken over the data folder.', { cause });
}
