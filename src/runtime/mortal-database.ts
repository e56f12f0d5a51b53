import { PGlite, messages } from '@electric-sql/pglite';

/**
 * PostgreSQL that may end within its thread. One that panicked still holds its locks, so the next word with it would wait for ever: it
 * gets none, since `fall` ends the thread.
 */
export class MortalDatabase extends PGlite {
  readonly #fall: (cause: unknown) => never;

  constructor(folder: string | undefined, fall: (cause: unknown) => never) {
    super(folder);
    this.#fall = fall;
  }

  override execProtocol(...asked: Parameters<PGlite['execProtocol']>): ReturnType<PGlite['execProtocol']> {
    return this.#minding(super.execProtocol(...asked));
  }

  override execProtocolStream(
    ...asked: Parameters<PGlite['execProtocolStream']>
  ): ReturnType<PGlite['execProtocolStream']> {
    return this.#minding(super.execProtocolStream(...asked));
  }

  async #minding<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (isDeadly(error)) this.#fall(error);
      throw error;
    }
  }
}

/** What no session survives: a panic, the end of the session, or a fault of the program itself. */
function isDeadly(error: unknown): boolean {
  return error instanceof messages.DatabaseError
    ? error.severity === 'PANIC' || error.severity === 'FATAL'
    : error instanceof WebAssembly.RuntimeError || (error as Partial<Error> | undefined)?.name === 'ExitStatus';
}
