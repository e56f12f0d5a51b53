import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { tellingOutages } from '../../src/runtime/database-outage.ts';
import { oneAtATime } from '../../src/runtime/one-at-a-time.ts';
import { admitted, isPictureId, unknownPicture } from './picture-store.ts';
import type { PictureLifetime, PictureStore } from './picture-store.ts';

interface Tables {
  readonly query_picture: {
    readonly id: string;
    readonly bytes: Uint8Array;
    /** Epoch milliseconds of the last upload. */
    readonly uploaded_at: string | number;
  };
}

const SWEEP_EVERY = 10 * 60_000;

/** Uploaded pictures in PostgreSQL, where all replicas find them. Errors: QUERY_EMBEDDING_UNAVAILABLE while the server is away. */
export async function openSqlPictureStore(
  database: Kysely<Tables>,
  { maxAge, maxBytes, limits, now = Date.now }: PictureLifetime & { readonly now?: () => number },
): Promise<PictureStore> {
  await oneAtATime(database, migrate);
  let swept = 0;
  /** Bytes as far as is known here: what other replicas took since is counted by the next sweep. */
  let kept = 0;
  const sweep = async () => {
    swept = now();
    await removeOld(database, { maxBytes, before: swept - maxAge });
    kept = await countBytes(database);
  };
  await sweep();
  const store: PictureStore = {
    put: async (bytes) => {
      const id = await admitted(bytes, limits);
      const uploaded_at = now();
      await database
        .insertInto('query_picture')
        .values({ id, bytes: Buffer.from(bytes), uploaded_at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ uploaded_at }))
        .execute();
      kept += bytes.byteLength;
      if (kept > maxBytes || now() - swept > SWEEP_EVERY) await sweep();
      return id;
    },
    get: async (id) => {
      if (!isPictureId(id)) throw unknownPicture();
      const row = await database
        .selectFrom('query_picture')
        .select('bytes')
        .where('id', '=', id)
        .where('uploaded_at', '>', now() - maxAge)
        .executeTakeFirst();
      if (!row) throw unknownPicture();
      return row.bytes;
    },
    close: () => database.destroy(),
  };
  return tellingOutages(store, 'QUERY_EMBEDDING_UNAVAILABLE');
}

/** What has expired, and the oldest beyond the bytes that may be kept. */
async function removeOld(
  database: Kysely<Tables>,
  { maxBytes, before }: { readonly maxBytes: number; readonly before: number },
): Promise<void> {
  await sql`delete from query_picture where uploaded_at <= ${before} or id in (
    select id from (
      select id, sum(octet_length(bytes)) over (order by uploaded_at desc, id) as kept from query_picture
    ) as newest_first where kept > ${maxBytes})`.execute(database);
}

async function countBytes(database: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ kept: string | number }>`
    select coalesce(sum(octet_length(bytes)), 0) as kept from query_picture`.execute(database);
  return Number(rows[0]?.kept ?? 0);
}

async function migrate(database: Kysely<Tables>): Promise<void> {
  await sql`create table if not exists query_picture (
    id text primary key, bytes bytea not null, uploaded_at bigint not null)`.execute(database);
  await sql`create index if not exists query_picture_uploaded_at on query_picture (uploaded_at)`.execute(database);
}
