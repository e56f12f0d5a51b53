import { MedleyError } from '../../src/runtime/errors.ts';

/** One work of a kind at a time; what it leaves to be tidied up goes on beside the next request, but not beside the next work. */
export class OneBuild {
  readonly #busy: string;
  readonly #closing = new AbortController();
  #running: Promise<unknown> | undefined;
  #tidying: Promise<unknown> = Promise.resolve();

  /** `busy` is what a second one is told. */
  constructor(busy = 'A catalogue is already being indexed. Wait until it is done.') {
    this.#busy = busy;
  }

  /** Whether nothing more is to be begun, or gone on with. */
  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** @throws MedleyError BUSY while another work is under way; INTERRUPTED when `close` interrupts it */
  async alone<T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#refuseSecond();
    const all = signal ? AbortSignal.any([this.#closing.signal, signal]) : this.#closing.signal;
    const running = this.#tidying.then(() => {
      all.throwIfAborted();
      return work(all);
    });
    this.#running = running;
    try {
      return await running;
    } finally {
      this.#running = undefined;
    }
  }

  /** What comes after a work; nobody waits for it but the next work. */
  tidy(work: (signal: AbortSignal) => Promise<void>, failed: (error: unknown) => void): void {
    this.#tidying = work(this.#closing.signal).catch((error: unknown) => {
      if (!this.closed) failed(error);
    });
  }

  /** Resolves when all is tidied up. */
  async settled(): Promise<void> {
    await this.#tidying;
  }

  /** Interrupts what is under way and takes nothing more. */
  async close(): Promise<void> {
    this.#closing.abort(
      new MedleyError(
        'INTERRUPTED',
        'The server is stopping, so the work was given up; the catalogue before still serves. Try again later.',
      ),
    );
    await this.#running?.catch(() => undefined);
    await this.#tidying;
  }

  #refuseSecond(): void {
    if (this.#running) throw new MedleyError('BUSY', this.#busy);
  }
}
