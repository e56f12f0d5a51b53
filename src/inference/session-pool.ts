import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { Gauge } from 'prom-client';
import { toRejection } from '../runtime/errors.ts';
import { METRICS } from '../runtime/metrics.ts';
import { SessionThread } from './session-thread.ts';
import type { Tensors } from './session-messages.ts';

export interface SessionPoolOptions {
  /** Threads with a session each; the number of cores by default. */
  readonly workers?: number;
  /** Another thread that speaks the messages of `session-messages.ts`. */
  readonly script?: URL;
}

/** Every pool of this process, to be measured. */
const OPEN = new Set<SessionPool>();

new Gauge({
  name: 'medley_encoder_waiting',
  help: 'Batches that wait for a thread of an encoder, by the folder of the model',
  labelNames: ['model'] as const,
  registers: [METRICS],
  collect() {
    this.reset();
    for (const pool of OPEN) this.inc({ model: pool.name }, pool.waiting);
  },
});

new Gauge({
  name: 'medley_encoder_missing',
  help: 'Threads of an encoder that died and could not be replaced yet, by the folder of the model',
  labelNames: ['model'] as const,
  registers: [METRICS],
  collect() {
    this.reset();
    for (const pool of OPEN) this.inc({ model: pool.name }, pool.missing);
  },
});

interface Batch {
  readonly inputs: Tensors;
  readonly resolve: (outputs: Tensors) => void;
  readonly reject: (reason: Error) => void;
  /** How many threads died under it. */
  deaths: number;
}

/** What happens to a batch under which this many threads have died: it is given up, so that it cannot kill them all. */
const DEATHS_ALLOWED = 1;

/** How long a thread that could not be replaced rests before it is tried again, milliseconds: longer each time. */
const REST = { initialDelay: 500, maxDelay: 30_000 };

/**
 * Sessions of one model, a thread each. A thread that dies is replaced and its batch tried once more on another; a lone
 * urgent batch goes ahead of those that wait.
 */
export class SessionPool {
  readonly size: number;
  readonly #model: string;
  readonly #script: URL | undefined;
  readonly #idle: SessionThread[] = [];
  readonly #threads = new Set<SessionThread>();
  readonly #waiting: Batch[] = [];
  /** Why no thread is left. */
  #outage: Error | undefined;
  readonly #closing = new AbortController();
  readonly #again = retry(handleAll, {
    maxAttempts: Infinity,
    backoff: new ExponentialBackoff(REST),
  }).dangerouslyUnref();

  /** @throws Error when the model cannot be loaded. */
  static async open(model: string, options: SessionPoolOptions = {}): Promise<SessionPool> {
    const pool = new SessionPool(model, options);
    try {
      await Promise.all(Array.from({ length: pool.size }, () => pool.#start()));
      OPEN.add(pool);
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  private constructor(model: string, { workers = availableParallelism(), script }: SessionPoolOptions) {
    this.size = Math.max(1, workers);
    this.#model = model;
    this.#script = script;
  }

  /** The folder of the model. */
  get name(): string {
    return basename(dirname(this.#model));
  }

  /** Batches that no thread has taken yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Threads that died and could not be replaced yet. */
  get missing(): number {
    return this.size - this.#threads.size;
  }

  /** The names of the model's inputs and outputs. */
  get signature(): { readonly inputNames: readonly string[]; readonly outputNames: readonly string[] } {
    const [any] = this.#threads;
    return any?.signature ?? { inputNames: [], outputNames: [] };
  }

  /** @throws Error when the model refuses the batch, or threads keep dying under it, or none can be had, or the pool is closed. */
  run(inputs: Tensors, { urgent = false } = {}): Promise<Tensors> {
    if (this.#closed) return Promise.reject(new Error('the session pool is closed'));
    if (this.#outage) return Promise.reject(this.#outage);
    return new Promise((resolve, reject) => {
      const batch: Batch = { inputs, resolve, reject, deaths: 0 };
      if (urgent) this.#waiting.unshift(batch);
      else this.#waiting.push(batch);
      this.#next();
    });
  }

  /** Ends every thread; batches that still wait are refused. */
  async close(): Promise<void> {
    this.#closing.abort();
    OPEN.delete(this);
    this.#refuseWaiting(new Error('the session pool is closed'));
    await Promise.all([...this.#threads].map((thread) => thread.close()));
    this.#threads.clear();
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #start(): Promise<void> {
    this.#closing.signal.throwIfAborted();
    const thread = await SessionThread.open(this.#model, this.#script);
    if (this.#closed) return thread.close();
    this.#outage = undefined;
    this.#threads.add(thread);
    thread.onDeath(() => {
      this.#threads.delete(thread);
      this.#idle.splice(0, Infinity, ...this.#idle.filter((other) => other !== thread));
      void this.#again.execute(() => this.#replace(), this.#closing.signal).catch(() => undefined);
    });
    this.#idle.push(thread);
    this.#next();
  }

  /** Where no thread is left, what waits is refused and what comes until the next try is, too: its asker knows how to go on without. */
  async #replace(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      if (this.#closed) return;
      toRejection(error, 'an encoding thread that died could not be replaced; it is tried again');
      if (this.#threads.size === 0) {
        this.#outage = new Error('no encoding thread can be started', { cause: error });
        this.#refuseWaiting(this.#outage);
      }
      throw error;
    }
  }

  #next(): void {
    while (this.#idle.length > 0) {
      const batch = this.#waiting.shift();
      if (!batch) return;
      const thread = this.#idle.pop();
      if (thread) void this.#give(thread, batch);
    }
  }

  async #give(thread: SessionThread, batch: Batch): Promise<void> {
    const reply = await thread.run(batch.inputs);
    if (reply.kind === 'died') this.#tryAgain(batch);
    else {
      if (reply.kind === 'done') batch.resolve(reply.outputs);
      else batch.reject(new Error(reply.message));
      this.#idle.push(thread);
    }
    this.#next();
  }

  #tryAgain(batch: Batch): void {
    batch.deaths += 1;
    if (this.#closed || batch.deaths > DEATHS_ALLOWED)
      batch.reject(new Error('the encoding thread ended under the batch'));
    else this.#waiting.unshift(batch);
  }

  #refuseWaiting(reason: Error): void {
    for (const batch of this.#waiting.splice(0)) batch.reject(reason);
  }
}
