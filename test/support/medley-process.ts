import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environment } from '../../src/runtime/environment.ts';
import { frontDoor } from './front-door.ts';
import type { FrontDoor } from './front-door.ts';

const MEDLEY = fileURLToPath(new URL('../../bin/medley.js', import.meta.url));

type Env = Readonly<Record<string, string>>;

const started = new Set<ChildProcess>();

/** Ends what a failed test left running. */
export async function killLeft(): Promise<void> {
  for (const child of started) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}

/** A command of Medley as an operator runs it, in a process of its own. */
export interface MedleyProcess {
  readonly child: ChildProcess;
  /** What it printed so far, on both outputs. */
  printed(): string;
  /** What of that is its answer, and no progress or complaint. */
  told(): string;
  /** Resolves, when it has ended, to its exit code, or to the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** A Medley that serves. */
export interface ServingProcess extends MedleyProcess, FrontDoor {}

/** Runs `medley <args>`; its standard input is empty, or a pipe. */
export function medleyProcess(args: readonly string[], env: Env, input: 'ignore' | 'pipe' = 'ignore'): MedleyProcess {
  const child = spawn(process.execPath, [MEDLEY, ...args], {
    env: { ...environment(), MEDLEY_ENCODER_WORKERS: '1', MEDLEY_LOG_LEVEL: 'silent', ...env },
    stdio: [input, 'pipe', 'pipe'],
  });
  started.add(child);
  child.on('close', () => started.delete(child));
  let printed = '';
  for (const output of [child.stdout, child.stderr]) output?.on('data', (text: Buffer) => (printed += text.toString()));
  const told: Buffer[] = [];
  child.stdout?.on('data', (text: Buffer) => told.push(text));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null);
  return { child, printed: () => printed, told: () => Buffer.concat(told).toString(), ended };
}

/** Runs `medley serve` on a free port, and resolves when it serves. */
export async function serveMedley(env: Env): Promise<ServingProcess> {
  const serving = medleyProcess(['serve'], { PORT: '0', MEDLEY_DEMO: 'off', ...env });
  const address = await new Promise<string>((found, failed) => {
    createInterface({ input: serving.child.stdout ?? process.stdin }).on('line', (line) => {
      const [, url] = /^Medley serves at (\S+)/.exec(line) ?? [];
      if (url) found(url);
    });
    void serving.ended.then((how) => {
      failed(new Error(`Medley did not serve (${String(how)}): ${serving.printed()}`));
    });
  });
  return { ...serving, ...frontDoor(address) };
}
