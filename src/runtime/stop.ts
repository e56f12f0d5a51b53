import { setTimeout } from 'node:timers/promises';
import { isErrorCode } from './graphql-errors.ts';
import { refusedPath } from './refused-path.ts';
import { outliveOutputs } from './standard-error.ts';
import type { Closable } from './unwinding.ts';

/** Says why a program could not start, or a command not end, in words where it is the operator's to mend. */
export function complain(error: unknown): void {
  console.error(wordsOf(error) ?? refusalIn(error) ?? error);
  process.exitCode ??= 1;
}

/** What an error of the book says to people, be it wrapped in others. */
function wordsOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && isErrorCode(error.code) ? `${error.code}: ${error.message}` : wordsOf(error.cause);
}

function refusalIn(error: unknown): string | undefined {
  const refused = refusedPath(error);
  if (refused) return wordsOf(refused);
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : undefined;
}

/**
 * On Ctrl-C, a polite kill, or the end of the process that started this one: once, in order, and then the process ends. A second
 * signal ends it at once.
 *
 * @returns a signal that is aborted when it begins
 */
export function onStop(stop: () => Promise<void>): AbortSignal {
  const stopping = new AbortController();
  const end = () => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    void stop()
      .catch(complain)
      .finally(() => process.exit());
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  // The other end of the channel may be gone since before this was asked.
  if (process.send !== undefined && !process.connected) end();
  return stopping.signal;
}

export interface Holding {
  /** Aborted when the process is told to stop. */
  readonly stopping: AbortSignal;
  /** Waits until something is open, and has it closed at the stop, also one that comes while it is being opened. */
  readonly hold: <T extends Closable | undefined>(opening: Promise<T>) => Promise<T>;
}

/** How long a stop waits for what is still being opened, milliseconds: it has promised nobody anything, and survives a kill. */
const GRACE = 3000;

/**
 * Opens what a program is made of and serves it until the process is told to stop, however early; then what was opened is closed, the
 * last first, and the process ends. (The first process of a container hears no signal that it does not ask for, so one that asked
 * only when it serves could not be stopped before.) Errors of `work` after the stop are no news.
 */
export async function untilStopped(work: (holding: Holding) => Promise<void>): Promise<void> {
  outliveOutputs();
  const held: Promise<Closable | undefined>[] = [];
  const stopping = onStop(async () => {
    const late = setTimeout(GRACE, undefined, { ref: false });
    for (const opening of held.reverse()) await (await Promise.race([opening.catch(() => undefined), late]))?.close();
  });
  const hold: Holding['hold'] = async (opening) => {
    held.push(opening);
    const opened = await opening;
    stopping.throwIfAborted();
    return opened;
  };
  try {
    await work({ stopping, hold });
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
}
