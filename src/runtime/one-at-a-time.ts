import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { firstWords } from './database-outage.ts';

/** Any number that no other lock of the database has. */
const LOCK = 7_635_339;

/**
 * Makes tables in one transaction, a process at a time: replicas start together, and `if not exists` knows nothing of what another
 * has not committed yet.
 */
export function oneAtATime<Tables>(
  database: Kysely<Tables>,
  make: (writing: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  const made = database.transaction().execute(async (writing) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(writing);
    await make(writing);
  });
  return firstWords(made);
}
