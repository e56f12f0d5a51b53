import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ChildProgram } from '../../../src/cli/child-program.ts';
import { environment } from '../../../src/runtime/environment.ts';
import { frontDoor } from '../../support/front-door.ts';
import type { FrontDoor } from '../../support/front-door.ts';

const MEDLEY = fileURLToPath(new URL('../../../bin/medley.js', import.meta.url));

/** A Medley that was started as its operator starts it, and what it said of itself. */
export interface RunningMedley {
  readonly door: FrontDoor;
  /** The programs of a distributed run: where each listens, and the number of its first process. */
  readonly programs: ReadonlyMap<string, { readonly url: string; readonly pid: number }>;
  /** The numbers of all its processes, now. */
  pids(): readonly number[];
  /** What Ctrl-C does; resolves to the exit code. */
  interrupt(): Promise<number | null>;
}

export interface MedleyStart {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Starts `medley <args>` and waits until it serves. */
export async function startMedley({ args, env }: MedleyStart): Promise<RunningMedley> {
  const child = run({ args, env });
  const ended = once(child, 'exit');
  let complaint = '';
  child.stderr?.on('data', (text: Buffer) => (complaint += text.toString()));
  const programs = new Map<string, { url: string; pid: number }>();
  let address = '';
  const expected = args.includes('--distributed') ? 4 : 0;
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    address = /^Medley serves at (\S+)/.exec(line)?.[1] ?? address;
    const [, name, url, pid] = /^ {2}(\S+) +(http\S+) \(process (\d+)\)/.exec(line) ?? [];
    if (name && url) programs.set(name, { url, pid: Number(pid) });
    if (address !== '' && programs.size === expected) break;
  }
  if (address === '') throw new Error(`Medley did not start: ${complaint}`);
  return {
    door: frontDoor(address),
    programs,
    pids: () => [child.pid ?? 0, ...childrenOf(child.pid ?? 0)],
    interrupt: async () => {
      child.kill('SIGINT');
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

/** Starts one more gateway before the subgraphs of a distributed run. */
export async function startGateway({ programs }: RunningMedley, env: MedleyStart['env']) {
  const urlOf = (name: string) => programs.get(name)?.url;
  const gateway = new ChildProgram({
    name: 'gateway',
    file: fileURLToPath(new URL('../../../src/gateway/main.ts', import.meta.url)),
    env: {
      ...quiet(env),
      MEDLEY_QUERY_EMBEDDING_URL: urlOf('query-embedding'),
      MEDLEY_USER_PROFILE_URL: urlOf('user-profile'),
      MEDLEY_RETRIEVAL_URL: urlOf('retrieval'),
    },
    onLost: () => undefined,
  });
  return { door: frontDoor(await gateway.start()), stop: () => gateway.stop() };
}

/** Runs `medley <args>` until it and all that it started have ended, and resolves to what they complained of. */
export async function runMedley(start: MedleyStart): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = run(start);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  child.stdout?.resume();
  // Not "exit": its output is closed when the last process that shares it is gone.
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

function run({ args, env }: MedleyStart): ChildProcess {
  return spawn(process.execPath, [MEDLEY, ...args], { env: quiet(env), stdio: ['ignore', 'pipe', 'pipe'] });
}

function quiet(env: MedleyStart['env']) {
  return { ...environment(), MEDLEY_LOG_LEVEL: 'silent', PORT: '0', MEDLEY_DEMO: 'off', ...env };
}

function childrenOf(parent: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [pid, of] = line.trim().split(/\s+/).map(Number);
    return pid !== undefined && of === parent ? [pid] : [];
  });
}
