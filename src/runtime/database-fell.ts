import type { PGliteTransaction } from 'kysely';

/** An embedded database that ended by itself, as where its disk is full, or whose thread did. What it had answered is in its folder. */
export class DatabaseFell extends Error {
  constructor(cause: unknown) {
    super('the embedded database ended', { cause });
  }
}

/** A transaction in which nothing can be done. */
export function refusing(reason: Error): PGliteTransaction {
  const refuse = (): Promise<never> => Promise.reject(reason);
  return { query: refuse, rollback: refuse };
}
