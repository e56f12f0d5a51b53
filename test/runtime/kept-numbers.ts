import { sql } from 'kysely';
import type { openDatabase } from '../../src/runtime/database.ts';

type Database = ReturnType<typeof openDatabase>;

/** Keeps numbers in a table of a database, which it makes. */
export async function keepNumbers(database: Database) {
  await sql`create table count (n integer primary key)`.execute(database);
  return {
    keep: (n: number) => sql`insert into count values (${n})`.execute(database),
    read: async () =>
      (await sql<{ n: number }>`select n from count order by n`.execute(database)).rows.map(({ n }) => n),
  };
}

/** What a question came to: kept, or the code of an error. */
export function outcome(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => 'kept',
    (reason: unknown) => (reason as { readonly code: string }).code,
  );
}
