import { parentPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { Transaction } from '@electric-sql/pglite';
import type { DatabaseCall, DatabaseCalls, DatabaseReply } from './database-messages.ts';
import { MortalDatabase } from './mortal-database.ts';
import { tellError } from './told-error.ts';

/*
 * One embedded PostgreSQL on one thread. Each statement holds up the thread that runs it, a VACUUM for seconds: it must not be the one
 * that answers requests.
 */
if (parentPort) serve(parentPort);

function serve(port: MessagePort): void {
  const say = (reply: DatabaseReply): void => {
    port.postMessage(reply);
  };
  const calls = databaseCalls((cause) => {
    say({ kind: 'fell', error: tellError(cause) });
    process.exit();
  });
  port.on('message', ({ id, name, given }: DatabaseCall) => {
    const call = calls[name] as (...args: readonly unknown[]) => Promise<unknown>;
    call(...given)
      .then((value) => {
        say({ kind: 'done', id, value });
      })
      .catch((error: unknown) => {
        say({ kind: 'failed', id, error: tellError(error) });
      });
  });
}

function databaseCalls(fall: (cause: unknown) => never): DatabaseCalls {
  let opened: MortalDatabase | undefined;
  let open: OpenTransaction | undefined;
  let begun = 0;
  const database = (): MortalDatabase => opened ?? refuse('no database is open');
  const transaction = (id: number): OpenTransaction => (open?.id === id ? open : refuse('the transaction has ended'));
  return {
    empty,
    lay,
    open: (folder) => (opened = new MortalDatabase(folder, fall)).waitReady,
    query: async (...statement) => database().query(...statement),
    begin: async () => {
      open = await beginIn(database(), ++begun);
      return open.id;
    },
    queryIn: async (id, ...statement) => transaction(id).asked.query(...statement),
    rollback: async (id) => transaction(id).asked.rollback(),
    end: async (id, keep) => transaction(id).end(keep),
    close: async () => database().close(),
  };
}

/** A transaction that ends by a message of its own. */
interface OpenTransaction {
  readonly id: number;
  readonly asked: Transaction;
  readonly end: (keep: boolean) => Promise<void>;
}

function beginIn(database: PGlite, id: number): Promise<OpenTransaction> {
  return new Promise((resolve, reject) => {
    const { promise: kept, resolve: decide } = Promise.withResolvers<boolean>();
    const ended = database.transaction(async (asked) => {
      const end = async (keep: boolean): Promise<void> => {
        decide(keep);
        await ended;
      };
      resolve({ id, asked, end });
      if (!(await kept) && !asked.closed) await asked.rollback();
    });
    // Where it cannot even begin; what comes later is told at its end.
    ended.catch(reject);
  });
}

/** Made in memory and then written is several times as fast as made in the folder. */
async function empty(): Promise<Blob> {
  const database = await PGlite.create();
  const files = await database.dumpDataDir('none');
  await database.close();
  return files;
}

async function lay(folder: string, files: Blob): Promise<void> {
  const database = await PGlite.create({ dataDir: folder, loadDataDir: files });
  await database.close();
}

function refuse(reason: string): never {
  throw new Error(reason);
}
