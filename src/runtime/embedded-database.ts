import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Results, Transaction } from '@electric-sql/pglite';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';

/**
 * PostgreSQL inside this process, in a folder or in memory. Two processes in one folder would destroy it, so the folder is
 * locked until the database is closed. Errors: DATA_FOLDER_LOCKED, also of every query once another process took the folder over.
 */
export async function openEmbeddedDatabase(folder?: string): Promise<PGlite> {
  if (folder === undefined) return PGlite.create();
  const lock = await lockFolder(folder);
  try {
    const tables = join(folder, 'tables');
    if (!existsSync(tables)) await create(tables);
    const database = new LockedDatabase(tables, lock);
    await database.waitReady;
    return database;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Whole or not at all: a process that is killed on the way leaves a folder aside, which the next start removes. */
async function create(tables: string): Promise<void> {
  const aside = `${tables}.new`;
  await rm(aside, { recursive: true, force: true });
  const database = await PGlite.create({ dataDir: aside, loadDataDir: await emptyDatabase() });
  await database.close();
  await rename(aside, tables);
}

/** How long an empty database is kept at hand for the next folder, milliseconds. */
const AT_HAND = 30_000;

let kept: Promise<Blob> | undefined;

/**
 * The files of an empty database. Made in memory and then written is several times as fast as made in the folder, and
 * subgraphs that share a process make it once.
 */
function emptyDatabase(): Promise<Blob> {
  if (kept) return kept;
  const made = dumpEmpty();
  kept = made;
  made.catch(forget);
  setTimeout(forget, AT_HAND).unref();
  return made;
}

async function dumpEmpty(): Promise<Blob> {
  const database = await PGlite.create();
  const files = await database.dumpDataDir('none');
  await database.close();
  return files;
}

function forget(): void {
  kept = undefined;
}

/** Answers nothing once the lock of its folder is lost, for another process may have the files open by then. */
class LockedDatabase extends PGlite {
  readonly #lock: FolderLock;

  constructor(folder: string, lock: FolderLock) {
    super(folder);
    this.#lock = lock;
  }

  override async query<T>(...question: Parameters<PGlite['query']>): Promise<Results<T>> {
    this.#lock.check();
    return super.query<T>(...question);
  }

  /** Nothing is kept of a transaction during which the lock was lost. */
  override transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return super.transaction(async (transaction) => {
      const done = await work(this.#guarded(transaction));
      this.#lock.check();
      return done;
    });
  }

  #guarded(transaction: Transaction): Transaction {
    return {
      ...transaction,
      query: async (...question) => {
        this.#lock.check();
        return transaction.query(...question);
      },
    };
  }

  /** What it would write at its end is left unwritten where the lock is lost. */
  override async close(): Promise<void> {
    if (!this.#lock.lost()) await super.close();
    await this.#lock.release();
  }
}
