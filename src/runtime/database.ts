import { Socket } from 'node:net';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { openEmbeddedDatabase } from './embedded-database.ts';

/** A PostgreSQL server, over how many connections it is asked at most, and how long it may be silent meanwhile, milliseconds. */
interface DatabaseServer {
  readonly url: string;
  readonly connections?: number;
  readonly silence?: number;
}

/** An embedded database in a folder, and how often it is tended, milliseconds. */
interface DatabaseFolder {
  readonly folder: string;
  readonly tended?: number;
}

/** Where a subgraph keeps its tables: a PostgreSQL server, an embedded one in a folder, or an embedded one in memory. */
export type DatabasePlace = DatabaseServer | DatabaseFolder | 'memory';

/**
 * A database; the same SQL runs on all three. It is opened by the first query, which for a folder may throw
 * DATA_FOLDER_LOCKED. Closing it with `destroy()` ends its connections.
 */
export function openDatabase<Tables>(place: DatabasePlace): Kysely<Tables> {
  if (place !== 'memory' && 'url' in place)
    return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: connectionsTo(place) }) });
  const { folder, tended } = place === 'memory' ? {} : place;
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: () => openEmbeddedDatabase(folder, tended) }) });
}

const CONNECTIONS = 10;
/** How long a connection is waited for, milliseconds. */
const PATIENCE = 3000;
/** Longer than any work on the tables is silent; without a limit the system notices after a quarter of an hour. */
const SILENCE = 300_000;

function connectionsTo({ url, connections = CONNECTIONS, silence = SILENCE }: DatabaseServer): pg.Pool {
  const stream = () => mortalSocket(silence);
  const pool = new pg.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: PATIENCE, stream });
  // A broken connection already fails its query, and the pool replaces it; without a listener the event itself would end this process.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  return pool;
}

/**
 * A server that vanishes without a word leaves its connections open, and soon all of them wait for it. (Those at rest are closed by
 * the pool long before they have been silent for so long.)
 */
function mortalSocket(silence: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silence, () => socket.destroy(new Error('Connection terminated: the server was silent')));
}
