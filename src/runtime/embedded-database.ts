import { existsSync } from 'node:fs';
import { rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite as Asked, PGliteTransaction } from 'kysely';
import { DatabaseFell, refusing } from './database-fell.ts';
import type { Statement } from './database-messages.ts';
import { DatabaseThread } from './database-thread.ts';
import { MedleyError } from './errors.ts';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';

/**
 * PostgreSQL in a thread of this process, in a folder or in memory. Two processes in one folder would destroy it, so the folder is
 * locked until the database is closed. Errors: DATA_FOLDER_LOCKED, also of every query once another process took the folder over;
 * DATA_FOLDER_UNUSABLE.
 */
export async function openEmbeddedDatabase(folder?: string, tended = TENDED): Promise<Asked> {
  if (folder === undefined) return openInMemory();
  const lock = await lockFolder(folder);
  const database = new DatabaseThread();
  try {
    const tables = join(folder, 'tables');
    if (!existsSync(tables)) await create(database, tables);
    await openTables(database, tables);
    return new EmbeddedDatabase(database, { tables, lock, tended });
  } catch (error) {
    await database.end();
    await lock.release();
    throw error;
  }
}

async function openInMemory(): Promise<DatabaseThread> {
  const database = new DatabaseThread();
  await database.open();
  return database;
}

/** What the log of PostgreSQL grows by at a time (two segments of 16 MB), bytes: with less on the disk it does not start. */
const ROOM = 32 * 2 ** 20;

async function openTables(database: DatabaseThread, tables: string): Promise<void> {
  try {
    await database.open(tables);
  } catch (cause) {
    await database.end();
    const reason = (await hasRoom(tables))
      ? 'its files are damaged, or this user may not write them; restore them from a backup, or correct their permissions'
      : `its disk has less than ${ROOM / 2 ** 20} MB left; make room`;
    const said = `The embedded database in ${tables} does not start: ${reason}.`;
    throw new MedleyError('DATA_FOLDER_UNUSABLE', said, { cause });
  }
}

async function hasRoom(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize >= ROOM;
}

/** Whole or not at all: a process that is killed on the way leaves a folder aside, which the next start removes. */
async function create(database: DatabaseThread, tables: string): Promise<void> {
  const aside = `${tables}.new`;
  await rm(aside, { recursive: true, force: true });
  await database.lay(aside, await emptyDatabase(database));
  await rename(aside, tables);
}

/** How long an empty database is kept at hand for the next folder, milliseconds. */
const AT_HAND = 30_000;

let kept: Promise<Blob> | undefined;

/** The files of an empty database: subgraphs that share a process have it made once. */
function emptyDatabase(database: DatabaseThread): Promise<Blob> {
  if (kept) return kept;
  const made = database.empty();
  kept = made;
  made.catch(forget);
  setTimeout(forget, AT_HAND).unref();
  return made;
}

function forget(): void {
  kept = undefined;
}

/** How long a database that fell is left alone before it is opened again, milliseconds: opening it is work. */
const REST = 2000;

/**
 * How often its log is cut, milliseconds, as a server does it, and the room of rows that are gone is given to new ones. All questions
 * wait meanwhile, so it is done in small steps: of 30,000 searches logged and forgotten in an hour, 12 times 0.1 s, or once 1.8.
 */
const TENDED = 5 * 60_000;

interface Kept {
  readonly tables: string;
  readonly lock: FolderLock;
  readonly tended: number;
}

/**
 * Answers nothing once the lock of its folder is lost, for another process may have the files open by then. Where PostgreSQL or its thread
 * ends it is opened anew, as soon as there is room for it; until then all questions fail with DatabaseFell.
 */
class EmbeddedDatabase implements Asked {
  readonly ready = true;
  readonly waitReady = Promise.resolve();
  closed = false;
  readonly #tables: string;
  readonly #lock: FolderLock;
  readonly #tending: NodeJS.Timeout;
  #running: DatabaseThread;
  #reopening: Promise<DatabaseThread> | undefined;

  constructor(opened: DatabaseThread, { tables, lock, tended }: Kept) {
    this.#tending = setInterval(() => void this.#tend(), tended).unref();
    this.#running = opened;
    this.#tables = tables;
    this.#lock = lock;
  }

  async query<T>(...question: Statement) {
    this.#lock.check();
    return (await this.#alive()).query<T>(...question);
  }

  /** Nothing is kept of a transaction during which the lock was lost. */
  async transaction<T>(work: (transaction: PGliteTransaction) => Promise<T>): Promise<T> {
    const database = await this.#alive().catch((error: unknown) => error as Error);
    if (database instanceof Error) return work(refusing(database));
    return database.transaction(async (transaction) => {
      const done = await work({
        query: async (...question) => {
          this.#lock.check();
          return transaction.query(...question);
        },
        rollback: () => transaction.rollback(),
      });
      this.#lock.check();
      return done;
    });
  }

  /** What it would write at its end is left unwritten where the lock is lost. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.#tending);
    await this.#reopening?.catch(() => undefined);
    if (this.#running.fell || this.#lock.lost()) await this.#running.end();
    else await this.#running.close();
    await this.#lock.release();
  }

  /** What PostgreSQL has processes of its own for, which are none here: else its log and its tables would grow for ever. */
  async #tend(): Promise<void> {
    try {
      await this.query('vacuum');
      await this.query('checkpoint');
    } catch {
      // The next round does it. Where it cannot be, the questions of others tell of it.
    }
  }

  async #alive(): Promise<DatabaseThread> {
    if (!this.#running.fell) return this.#running;
    this.#reopening ??= this.#reopen();
    return this.#reopening;
  }

  /** One that cannot be opened is not asked for again within REST. */
  async #reopen(): Promise<DatabaseThread> {
    try {
      this.#lock.check();
      if (!(await hasRoom(this.#tables))) throw new Error('the disk is full');
      await this.#running.end();
      const database = new DatabaseThread();
      await openTables(database, this.#tables);
      this.#running = database;
      this.#reopening = undefined;
      return this.#running;
    } catch (cause) {
      setTimeout(() => (this.#reopening = undefined), REST).unref();
      throw new DatabaseFell(cause);
    }
  }
}
