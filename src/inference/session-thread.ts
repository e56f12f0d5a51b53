import { Worker } from 'node:worker_threads';
import { silenceTelemetry } from '../runtime/environment.ts';
import type { SessionReply, Tensors } from './session-messages.ts';

/** What became of one batch. */
export type BatchOutcome = Extract<SessionReply, { kind: 'done' | 'failed' }> | { readonly kind: 'died' };

type Signature = Extract<SessionReply, { kind: 'ready' }>;

// Type stripping runs the .ts file as it is; a published build has a .js file in its place.
const SCRIPT = new URL(`./onnx-session.worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** A thread with one session. It encodes one batch at a time. */
export class SessionThread {
  readonly signature: Signature;
  readonly #worker: Worker;
  #settle: ((outcome: BatchOutcome) => void) | undefined;
  #running: Promise<BatchOutcome> | undefined;
  #dead = false;

  /** @throws Error when the session cannot be opened, or the thread ends before it is ready. */
  static async open(model: string, script: URL = SCRIPT): Promise<SessionThread> {
    silenceTelemetry();
    const worker = new Worker(script, { workerData: { model }, execArgv: [] });
    try {
      return new SessionThread(worker, await firstReply(worker));
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  private constructor(worker: Worker, signature: Signature) {
    this.#worker = worker;
    this.signature = signature;
    worker.on('message', (reply: SessionReply) => {
      if (reply.kind === 'done' || reply.kind === 'failed') this.#finish(reply);
    });
    // An uncaught error ends the thread: `exit` follows and tells of it.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      this.#dead = true;
      this.#finish({ kind: 'died' });
    });
  }

  run(inputs: Tensors): Promise<BatchOutcome> {
    if (this.#dead) return Promise.resolve({ kind: 'died' });
    this.#running = new Promise((resolve) => {
      this.#settle = resolve;
      this.#worker.postMessage(inputs);
    });
    return this.#running;
  }

  onDeath(listener: () => void): void {
    this.#worker.once('exit', listener);
  }

  /** Lets the batch under way end first: a thread that is ended within the model's runtime takes the whole process along. */
  async close(): Promise<void> {
    await this.#running;
    await this.#worker.terminate();
  }

  #finish(outcome: BatchOutcome): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(outcome);
  }
}

function firstReply(worker: Worker): Promise<Signature> {
  return new Promise((resolve, reject) => {
    worker.once('message', (reply: SessionReply) => {
      if (reply.kind === 'ready') resolve(reply);
      else reject(new Error(reply.kind === 'unusable' ? reply.message : 'the thread spoke out of turn'));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`the thread ended with ${code} before it was ready`));
    });
  });
}
