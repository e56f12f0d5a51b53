import { PGlite, messages } from '@electric-sql/pglite';
import type { Transaction } from '@electric-sql/pglite';

/** An embedded database that ended by itself, as where its disk is full. What it had answered is in its folder. */
export class DatabaseFell extends Error {
  constructor(cause: unknown) {
    super('the embedded database ended', { cause });
  }
}

/**
 * PostgreSQL that may end within this process. One that panicked still holds its locks, so the next word with it would wait for ever,
 * and this whole process with it: after its end it is asked nothing, and every question fails with DatabaseFell.
 */
export class MortalDatabase extends PGlite {
  #fell: DatabaseFell | undefined;

  get fell(): boolean {
    return this.#fell !== undefined;
  }

  override execProtocol(...asked: Parameters<PGlite['execProtocol']>): ReturnType<PGlite['execProtocol']> {
    return this.#minding(() => super.execProtocol(...asked));
  }

  override execProtocolStream(
    ...asked: Parameters<PGlite['execProtocolStream']>
  ): ReturnType<PGlite['execProtocolStream']> {
    return this.#minding(() => super.execProtocolStream(...asked));
  }

  /** Where it cannot even begin, `work` hears of it as of any other failure: who waits for its beginning would wait for ever. */
  override async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const its = { begun: false };
    try {
      return await super.transaction((transaction) => {
        its.begun = true;
        return work(transaction);
      });
    } catch (error) {
      if (its.begun) throw error;
      return work(refusing(error));
    }
  }

  /** Leaves the folder as it is: whoever opens it next finds in its log what was answered. For one that fell, or never started. */
  async abandon(): Promise<void> {
    await this.fs?.closeFs();
    try {
      this.mod?._emscripten_force_exit(1);
    } catch {
      // Which is how it says that it did; without it timers would keep its memory, and this process.
    }
  }

  async #minding<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#fell) throw this.#fell;
    try {
      return await ask();
    } catch (error) {
      if (isDeadly(error)) this.#fell = new DatabaseFell(error);
      throw this.#fell ?? error;
    }
  }
}

/** What no session survives: a panic, the end of the session, or a fault of the program itself. */
function isDeadly(error: unknown): boolean {
  return error instanceof messages.DatabaseError
    ? error.severity === 'PANIC' || error.severity === 'FATAL'
    : error instanceof WebAssembly.RuntimeError || (error as Partial<Error> | undefined)?.name === 'ExitStatus';
}

/** A transaction in which nothing can be done. */
export function refusing(error: unknown): Transaction {
  const reason = error instanceof Error ? error : new DatabaseFell(error);
  const refuse = (): Promise<never> => Promise.reject(reason);
  return { query: refuse, sql: refuse, exec: refuse, rollback: refuse, listen: refuse, closed: true };
}
