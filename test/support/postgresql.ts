import { randomUUID } from 'node:crypto';
import { describe, it } from '@jest/globals';
import pg from 'pg';
import { environment } from '../../src/runtime/environment.ts';
import type { LocalServer } from '../../tools/servers/local-server.ts';
import { postgresqlServer } from '../../tools/servers/postgresql-server.ts';
import { freePort } from './free-port.ts';

/** Tests that do harm to a PostgreSQL, and so want one of their own in the folder that they name. */
export function describeWithOwnPostgresql(
  name: string,
  tests: (open: (folder: string) => Promise<LocalServer>) => void,
): void {
  const { MEDLEY_TEST_DATABASE_URL: url, MEDLEY_TEST_SERVERS } = environment();
  describe(name, () => {
    if (MEDLEY_TEST_SERVERS === 'on' && url !== undefined)
      tests(async (folder) => postgresqlServer({ folder, port: await freePort() }));
    else it.todo('kills a PostgreSQL of its own: set MEDLEY_TEST_SERVERS=on where one can be started');
  });
}

/** An empty database on a server. */
export interface OwnDatabase {
  readonly url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

export async function makeDatabase(server: string): Promise<OwnDatabase> {
  const name = `medley_test_${randomUUID().replaceAll('-', '')}`;
  await rowsOf(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  const drop = async (): Promise<void> => {
    await rowsOf(server, `drop database ${name} with (force)`);
  };
  return { url: url.href, drop };
}

/** What a database answers to one question, over a connection of its own. */
export async function rowsOf<Row extends object>(url: string, question: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(question)).rows;
  } finally {
    await client.end();
  }
}
