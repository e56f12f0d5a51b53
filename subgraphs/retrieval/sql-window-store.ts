import { setImmediate as takeTurns } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { tellingOutages } from '../../src/runtime/database-outage.ts';
import { oneAtATime } from '../../src/runtime/one-at-a-time.ts';
import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import { packWindow, unpackWindow } from './packed-window.ts';
import type { Window } from './ranking/window.ts';
import type { LoggedWindow, LogPart, WindowLifetime, WindowStore } from './window-store.ts';

interface Tables {
  readonly retrieval_window: Row;
}

interface Row {
  readonly query_id: string;
  readonly user_id: string | null;
  readonly client_id: string | null;
  /** Epoch milliseconds. */
  readonly made_at: string | number;
  /** The window, packed. */
  readonly body: string;
}

/** Windows in PostgreSQL, on a server or embedded. Errors: RETRIEVAL_UNAVAILABLE while the server is away. */
export async function openSqlWindowStore(
  database: Kysely<Tables>,
  { cursorTtl, retention, now = Date.now }: WindowLifetime,
): Promise<WindowStore> {
  await oneAtATime(database, migrate);
  const younger = async (queryId: string, age: number): Promise<Window | undefined> => {
    const row = await database
      .selectFrom('retrieval_window')
      .select('body')
      .where('query_id', '=', queryId)
      .where('made_at', '>', now() - age)
      .executeTakeFirst();
    return row && unpackWindow(row.body);
  };
  const since = (from: number) => Math.max(from, now() - retention + 1);
  const store: WindowStore = {
    put: async (window) => {
      await database
        .insertInto('retrieval_window')
        .values(rowOf(window, now()))
        .onConflict((conflict) => conflict.column('query_id').doNothing())
        .execute();
    },
    get: (queryId) => younger(queryId, cursorTtl),
    logged: (queryId) => younger(queryId, retention),
    countSince: (from) => countLogged(database, since(from)),
    loggedSince: (from, part) => readLogged(database, since(from), part),
    erase: (viewer) => erase(database, viewer),
    sweep: async () => {
      const gone = await database
        .deleteFrom('retrieval_window')
        .where('made_at', '<=', now() - retention)
        .executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
    close: () => database.destroy(),
  };
  return tellingOutages(store, 'RETRIEVAL_UNAVAILABLE');
}

function rowOf(window: Window, madeAt: number): Row {
  const { userId = null, clientId = null } = window.request.viewer;
  return { query_id: window.queryId, user_id: userId, client_id: clientId, made_at: madeAt, body: packWindow(window) };
}

/** Resolves to how many windows of the viewer there were. */
async function erase(database: Kysely<Tables>, { userId, clientId }: ViewerRef): Promise<number> {
  const own = [['user_id', userId] as const, ['client_id', clientId] as const];
  const gone = await Promise.all(
    own.map(async ([column, id]) => {
      if (id === undefined) return 0;
      const rows = await database.deleteFrom('retrieval_window').where(column, '=', id).executeTakeFirst();
      return Number(rows.numDeletedRows);
    }),
  );
  return gone.reduce((sum, count) => sum + count, 0);
}

async function countLogged(database: Kysely<Tables>, since: number): Promise<number> {
  const counted = await database
    .selectFrom('retrieval_window')
    .select((row) => row.fn.countAll().as('count'))
    .where('made_at', '>=', since)
    .executeTakeFirst();
  return Number(counted?.count ?? 0);
}

async function readLogged(
  database: Kysely<Tables>,
  since: number,
  { behind, limit }: LogPart,
): Promise<readonly LoggedWindow[]> {
  const logged = database.selectFrom('retrieval_window').select(['made_at', 'body']).where('made_at', '>=', since);
  const part = behind ? logged.where(sql<boolean>`(made_at, query_id) < (${behind.at}, ${behind.queryId})`) : logged;
  return unpacked(await part.orderBy('made_at', 'desc').orderBy('query_id', 'desc').limit(limit).execute());
}

/** Each takes milliseconds, and others have to be served meanwhile. */
async function unpacked(rows: readonly Pick<Row, 'made_at' | 'body'>[]): Promise<readonly LoggedWindow[]> {
  const windows: LoggedWindow[] = [];
  for (const { made_at, body } of rows) {
    windows.push({ at: Number(made_at), window: unpackWindow(body) });
    await takeTurns();
  }
  return windows;
}

async function migrate(database: Kysely<Tables>): Promise<void> {
  await sql`create table if not exists retrieval_window (
    query_id text primary key, user_id text, client_id text, made_at bigint not null, body text not null)`.execute(
    database,
  );
  await sql`create index if not exists retrieval_window_made_at on retrieval_window (made_at)`.execute(database);
  await sql`create index if not exists retrieval_window_user on retrieval_window (user_id) where user_id is not null`.execute(
    database,
  );
  await sql`create index if not exists retrieval_window_client on retrieval_window (client_id) where client_id is not null`.execute(
    database,
  );
}
