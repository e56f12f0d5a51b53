import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { openEmbeddedDatabase } from './embedded-database.ts';

/** Where a subgraph keeps its tables: a PostgreSQL server, an embedded one in a folder, or an embedded one in memory. */
export type DatabasePlace = { readonly url: string } | { readonly folder: string } | 'memory';

/**
 * A database; the same SQL runs on all three. It is opened by the first query, which for a folder may throw
 * DATA_FOLDER_LOCKED. Closing it with `destroy()` ends its connections.
 */
export function openDatabase<Tables>(place: DatabasePlace): Kysely<Tables> {
  if (place !== 'memory' && 'url' in place)
    return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: connectionsTo(place.url) }) });
  const folder = place === 'memory' ? undefined : place.folder;
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: () => openEmbeddedDatabase(folder) }) });
}

/** How long a connection is waited for, milliseconds. */
const PATIENCE = 3000;

function connectionsTo(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: PATIENCE });
  // A broken connection already fails its query, and the pool replaces it; without a listener the event itself would end this process.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  return pool;
}
