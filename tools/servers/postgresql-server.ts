import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { environment } from '../../src/runtime/environment.ts';
import { CannotRunHere } from './cannot-run-here.ts';
import { installPackages } from './distribution-packages.ts';
import type { LocalServer, Program } from './local-server.ts';
import { giveTo, ordinaryUser } from './ordinary-user.ts';

export interface PostgresqlOptions {
  readonly port: number;
  /** Where its data and log lie; a folder of the port under the temporary one, when unset. */
  readonly folder?: string;
}

/** The distribution's PostgreSQL on loopback, a database for tests: who reaches it may do everything. */
export function postgresqlServer({ port, folder = folderOf(port) }: PostgresqlOptions): LocalServer {
  const url = `postgresql://medley@127.0.0.1:${port}/postgres`;
  return { name: 'PostgreSQL', url, folder, prepare: () => prepare(folder, port), healthy: () => answers(url) };
}

function folderOf(port: number): string {
  return join(tmpdir(), `medley-postgresql-${port}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function prepare(folder: string, port: number): Promise<Program> {
  const binaries = await binariesFolder();
  const account = ordinaryUser();
  const data = join(folder, 'data');
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  await giveTo(account, [folder]);
  const { PATH, LANG } = environment();
  const env = { PATH, LANG, HOME: folder };
  if (!existsSync(data)) {
    const asked = ['-D', data, '-U', 'medley', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    const made = spawnSync(join(binaries, 'initdb'), asked, { ...account, env, cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) throw new CannotRunHere(`PostgreSQL could not make its data folder: ${made.stderr}`);
  }
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`];
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  return { command: join(binaries, 'postgres'), args, cwd: folder, env };
}

/** Debian keeps the programs of the server off the PATH. */
const INSTALLED = '/usr/lib/postgresql';
const COMMON = '/etc/postgresql-common';

async function binariesFolder(): Promise<string> {
  const found = installed();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && !existsSync(COMMON)) {
    // Else the package would start a server of its own.
    await mkdir(COMMON, { recursive: true });
    await writeFile(join(COMMON, 'createcluster.conf'), 'create_main_cluster = false\n');
  }
  installPackages(['postgresql'], { forWhat: 'a PostgreSQL server' });
  const now = installed();
  if (now !== undefined) return now;
  throw new CannotRunHere('the PostgreSQL that was installed has no initdb');
}

function installed(): string | undefined {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(INSTALLED, version, 'bin')), bindir()];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb')));
}

function bindir(): string {
  const { status, stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}
