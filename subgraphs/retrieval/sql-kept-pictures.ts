import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { tellingOutages } from '../../src/runtime/database-outage.ts';
import { isKeptName, notServed } from '../../src/runtime/kept-picture.ts';
import { oneAtATime } from '../../src/runtime/one-at-a-time.ts';
import type { KeptPictures } from './kept-pictures.ts';

interface Tables {
  readonly retrieval_picture: {
    readonly name: string;
    readonly bytes: Uint8Array;
  };
}

/** Kept pictures in PostgreSQL, where all replicas find them. Errors: RETRIEVAL_UNAVAILABLE while the server is away. */
export async function openSqlKeptPictures(database: Kysely<Tables>): Promise<KeptPictures> {
  await oneAtATime(database, migrate);
  const pictures: KeptPictures = {
    put: async (name, bytes) => {
      if (!isKeptName(name)) throw notServed();
      await database
        .insertInto('retrieval_picture')
        .values({ name, bytes: Buffer.from(bytes) })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
    },
    get: async (name) => {
      if (!isKeptName(name)) throw notServed();
      const row = await database
        .selectFrom('retrieval_picture')
        .select('bytes')
        .where('name', '=', name)
        .executeTakeFirst();
      if (!row) throw notServed();
      return row.bytes;
    },
    close: () => database.destroy(),
  };
  return tellingOutages(pictures, 'RETRIEVAL_UNAVAILABLE');
}

async function migrate(database: Kysely<Tables>): Promise<void> {
  await sql`create table if not exists retrieval_picture (name text primary key, bytes bytea not null)`.execute(
    database,
  );
}
