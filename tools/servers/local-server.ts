import { execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordinaryUser } from './ordinary-user.ts';

/** A server on loopback that keeps everything in one folder. */
export interface LocalServer {
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  /** Makes the folder ready and says what to run. Throws CannotRunHere. */
  prepare(): Promise<Program>;
  healthy(): Promise<boolean>;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What runs, kept in its folder. The time of its start tells it from a later process that got the same number. */
interface Running {
  readonly pid: number;
  readonly started: string;
}

const PATIENCE = 180_000;
const STOPPING = 30_000;

/** Starts the server in the background as an ordinary user and waits until it is healthy; one that runs already is left running. */
export async function startServer(server: LocalServer): Promise<void> {
  if ((await isRunning(server)) && (await server.healthy())) return;
  await stopServer(server);
  if (await server.healthy()) throw new Error(`${server.url} is taken by a server that this command did not start`);
  const { command, args, cwd, env } = await server.prepare();
  const log = openSync(join(server.folder, 'server.log'), 'a');
  const child = spawn(command, args, { ...ordinaryUser(), cwd, env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  const pid = await new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('spawn', () => {
      done(child.pid ?? 0);
    });
  });
  await writeFile(recordOf(server), JSON.stringify({ pid, started: startOf(pid) ?? '' }));
  await untilHealthy(server);
}

async function untilHealthy(server: LocalServer): Promise<void> {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    if (await server.healthy()) return;
    await sleep(200);
    if (!(await isRunning(server))) throw new Error(`${server.name} ended while starting:\n${lastWords(server)}`);
  }
  await stopServer(server);
  throw new Error(`${server.name} was not healthy in ${PATIENCE / 1000} seconds:\n${lastWords(server)}`);
}

export async function isRunning(server: LocalServer): Promise<boolean> {
  return (await running(server)) !== undefined;
}

/** Stops the server and all that it started: politely, and after a while by force. */
export async function stopServer(server: LocalServer, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  const its = await running(server);
  if (its) {
    end(its, signal);
    for (const until = Date.now() + STOPPING; Date.now() < until && groupLives(its);) await sleep(100);
    if (groupLives(its)) end(its, 'SIGKILL');
  }
  await rm(recordOf(server), { force: true });
}

function end({ pid }: Running, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It went by itself.
  }
}

function groupLives({ pid }: Running): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function running(server: LocalServer): Promise<Running | undefined> {
  if (!existsSync(recordOf(server))) return undefined;
  const its = JSON.parse(await readFile(recordOf(server), 'utf8')) as Running;
  return startOf(its.pid) === its.started ? its : undefined;
}

/** When a process started, as ps tells it; undefined where there is none. */
function startOf(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', pid.toString()], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

function recordOf({ folder }: LocalServer): string {
  return join(folder, 'running.json');
}

function lastWords({ folder }: LocalServer): string {
  return readFileSync(join(folder, 'server.log'), 'utf8').split('\n').slice(-20).join('\n');
}
