import { Worker } from 'node:worker_threads';
import type { PGlite as Asked, PGliteQueryResults, PGliteTransaction } from 'kysely';
import pg from 'pg';
import { DatabaseFell, refusing } from './database-fell.ts';
import type { DatabaseCalls, DatabaseReply, Statement } from './database-messages.ts';
import type { ToldError } from './told-error.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * An embedded PostgreSQL in a thread of its own, so that nobody else waits for its statements. Once the thread has ended, by itself or
 * not, every question fails with DatabaseFell. At rest it keeps no process alive.
 */
export class DatabaseThread implements Asked {
  readonly ready = true;
  readonly waitReady = Promise.resolve();
  closed = false;
  readonly #worker = new Worker(new URL('./database.worker.ts', import.meta.url), { execArgv: [] });
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #fell: DatabaseFell | undefined;

  constructor() {
    this.#worker.on('message', (reply: DatabaseReply) => {
      this.#hear(reply);
    });
    this.#worker.on('error', (error: Error) => {
      this.#fall(error);
    });
    this.#worker.on('exit', (code) => {
      this.#fall(new Error(`its thread ended with ${code}`));
    });
    this.#worker.unref();
  }

  get fell(): boolean {
    return this.#fell !== undefined;
  }

  empty(): Promise<Blob> {
    return this.#ask('empty');
  }

  /** Makes a database of such files in a folder. */
  lay(folder: string, files: Blob): Promise<void> {
    return this.#ask('lay', folder, files);
  }

  /** Opens the database of a folder, or an empty one in memory. */
  open(folder?: string): Promise<void> {
    return this.#ask('open', folder);
  }

  async query<T>(...statement: Statement): Promise<PGliteQueryResults<T>> {
    return (await this.#ask('query', ...statement)) as PGliteQueryResults<T>;
  }

  /** Where it cannot even begin, `work` hears of it as of any other failure: who waits for its beginning would wait for ever. */
  async transaction<T>(work: (transaction: PGliteTransaction) => Promise<T>): Promise<T> {
    const begun = await this.#ask('begin').catch((reason: unknown) => reason as Error);
    if (typeof begun !== 'number') return work(refusing(begun));
    const done = await work(this.#transaction(begun)).catch(async (error: unknown) => {
      await this.#ask('end', begun, false).catch(() => undefined);
      throw error;
    });
    await this.#ask('end', begun, true);
    return done;
  }

  async close(): Promise<void> {
    this.closed = true;
    try {
      await this.#ask('close');
    } finally {
      await this.end();
    }
  }

  /** Ends the thread and leaves the folder as it is: whoever opens it next finds in its log what was answered. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #transaction(id: number): PGliteTransaction {
    return {
      query: async <T>(...statement: Statement) =>
        (await this.#ask('queryIn', id, ...statement)) as PGliteQueryResults<T>,
      rollback: () => this.#ask('rollback', id),
    };
  }

  /** The process stays for the answer. */
  async #ask<Name extends keyof DatabaseCalls>(
    name: Name,
    ...given: Parameters<DatabaseCalls[Name]>
  ): Promise<Awaited<ReturnType<DatabaseCalls[Name]>>> {
    if (this.#fell) throw this.#fell;
    const id = ++this.#asked;
    this.#worker.postMessage({ id, name, given });
    this.#worker.ref();
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    }) as Promise<Awaited<ReturnType<DatabaseCalls[Name]>>>;
  }

  #hear(reply: DatabaseReply): void {
    if (reply.kind === 'fell') {
      this.#fall(heardError(reply.error));
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (reply.kind === 'done') waiting?.resolve(reply.value);
    else waiting?.reject(heardError(reply.error));
  }

  #fall(cause: Error): void {
    this.#fell ??= new DatabaseFell(cause);
    for (const { reject } of this.#waiting.values()) reject(this.#fell);
    this.#waiting.clear();
  }
}

/** What PostgreSQL refused is a DatabaseError, as it would be of a server. */
function heardError({ message, stack, cause, more }: ToldError): Error {
  const error = 'severity' in more ? new pg.DatabaseError(message, 0, 'error') : new Error(message);
  if (stack !== undefined) error.stack = stack;
  if (cause !== undefined) error.cause = heardError(cause);
  return Object.assign(error, more);
}
