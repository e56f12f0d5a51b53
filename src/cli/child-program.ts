import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../runtime/environment.ts';
import { MedleyError } from '../runtime/errors.ts';
import type { Listening } from '../runtime/run-alone.ts';

export interface ChildProgramSettings {
  readonly name: string;
  /** The file that runs it. */
  readonly file: string;
  readonly env: Environment;
  /** Told when it ended by itself and is started again. */
  readonly onLost: (name: string, how: string) => void;
}

/** How long a program may take to stop before it is killed, milliseconds. */
const GRACE = 10_000;
/** How long one that ended by itself waits for its next start, milliseconds: twice as long each time that it did not last. */
const REST = { first: 500, longest: 30_000, lasted: 60_000 } as const;

/**
 * A program as a process of its own, which is started again whenever it ends by itself. It has a process group of its own, so that
 * Ctrl-C reaches it through `stop` alone and in order, and a channel, so that it ends with this process however this one ends.
 */
export class ChildProgram {
  readonly #settings: ChildProgramSettings;
  #child: ChildProcess | undefined;
  #stopping = false;
  #rest: number = REST.first;

  constructor(settings: ChildProgramSettings) {
    this.#settings = settings;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves to its address once it listens. Errors: NOT_READY when it ends before. */
  async start(): Promise<string> {
    const { name, file, env } = this.#settings;
    const child = spawn(process.execPath, [file], {
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => {
      const how = String(signal ?? code);
      throw new MedleyError(
        'NOT_READY',
        `${name} ended while it was starting (${how}). What it printed before that is above.`,
      );
    });
    const [{ origin }] = (await Promise.race([once(child, 'message'), ended])) as [Listening];
    ended.catch(() => void this.#lost(String(child.signalCode ?? child.exitCode)));
    return origin;
  }

  /** Asks it to stop, and resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || isGone(child)) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), GRACE);
    await gone;
    clearTimeout(late);
  }

  /** Ends it at once: for a process that itself ends at once. */
  kill(): void {
    this.#stopping = true;
    if (this.#child && !isGone(this.#child)) this.#child.kill('SIGKILL');
  }

  async #lost(how: string): Promise<void> {
    if (this.#stopping) return;
    this.#settings.onLost(this.#settings.name, how);
    await sleep(this.#rest, undefined, { ref: false });
    await this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    if (this.#stopping) return;
    this.#rest = Math.min(2 * this.#rest, REST.longest);
    try {
      await this.start();
      setTimeout(() => (this.#rest = REST.first), REST.lasted).unref();
    } catch {
      await this.#lost('while it was starting');
    }
  }
}

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
