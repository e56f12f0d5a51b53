import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../../src/runtime/environment.ts';
import { startServer, stopServer } from '../../tools/servers/local-server.ts';
import type { LocalServer } from '../../tools/servers/local-server.ts';
import { postgresqlServer } from '../../tools/servers/postgresql-server.ts';
import { elasticsearchForTests } from './elasticsearch-for-tests.ts';
import { freePort } from './free-port.ts';

/** A server for the tests of one run, and the variable under which they find it. */
interface TestServer {
  readonly variable: string;
  readonly name: string;
  readonly open: (at: { readonly port: number; readonly folder: string }) => LocalServer;
}

const SERVERS: readonly TestServer[] = [
  {
    variable: 'ELASTICSEARCH_URL',
    name: 'Elasticsearch',
    open: elasticsearchForTests,
  },
  { variable: 'MEDLEY_TEST_DATABASE_URL', name: 'PostgreSQL', open: postgresqlServer },
];

const started: LocalServer[] = [];

/**
 * With MEDLEY_TEST_SERVERS=on, starts once a run the servers that no variable names yet. What cannot be started is told in a line,
 * and the tests that need it are skipped.
 */
export async function startTestServers(): Promise<void> {
  if (environment()['MEDLEY_TEST_SERVERS'] !== 'on') return;
  await Promise.all(SERVERS.filter(({ variable }) => environment()[variable] === undefined).map(startOne));
}

async function startOne({ variable, name, open }: TestServer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'medley-test-server-'));
  try {
    const server = open({ port: await freePort(), folder });
    started.push(server);
    await startServer(server);
    process.env[variable] = server.url;
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    console.log(`\n${name} was not started, so the tests that need it are skipped: ${reason}`);
  }
}

export async function stopTestServers(): Promise<void> {
  for (const server of started) {
    await stopServer(server);
    await rm(server.folder, { recursive: true, force: true });
  }
}
