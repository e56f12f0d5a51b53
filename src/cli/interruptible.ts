import { constants } from 'node:os';
import { MedleyError } from '../runtime/errors.ts';

const STOPS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Does a long work of a command, which Ctrl-C or a polite kill interrupts by the signal that it is given; told so again, the process
 * ends at once. The exit status is that of a shell's own: 130 or 143.
 *
 * @throws MedleyError INTERRUPTED, with the words of `said`, where it was interrupted before it was done; else as `work`
 */
export async function interruptible<T>(said: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  let status = 0;
  const stop = (signal: (typeof STOPS)[number]): void => {
    if (stopping.signal.aborted) process.exit(status);
    status = 128 + constants.signals[signal];
    stopping.abort(new MedleyError('INTERRUPTED', said));
  };
  for (const signal of STOPS) process.on(signal, stop);
  try {
    return await work(stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    process.exitCode = status;
    throw stopping.signal.reason;
  } finally {
    for (const signal of STOPS) process.off(signal, stop);
  }
}
