import { writeSync } from 'node:fs';

const STANDARD_ERROR = 2;

/** How much waits for room, bytes; what comes then is lost. And when what could not be written is tried again, milliseconds. */
const WAITING = 2 ** 20;
const AGAIN = 1000;

/** What a server prints itself holds it up no more than its log: a disk that is full, or a reader that has gone, is no reason to end. */
export function outliveOutputs(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}

/**
 * Lines on standard error that hold nobody up: where it cannot be written, on a disk that is full, say, they wait or are lost, and requests
 * are answered all the same. (pino's own destination ends the process then, and on its way out tries again for ever.)
 */
export function openStandardError(): { write(line: string): void } {
  let waiting = Buffer.alloc(0);
  let trying: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(trying);
    trying = undefined;
    try {
      while (waiting.length > 0) waiting = waiting.subarray(writeSync(STANDARD_ERROR, waiting));
    } catch {
      trying = setTimeout(flush, AGAIN).unref();
    }
  };
  return {
    write: (line) => {
      const more = Buffer.from(line);
      if (waiting.length + more.length > WAITING) return;
      waiting = Buffer.concat([waiting, more]);
      // While it is known to be in vain, it is not tried for every line.
      if (!trying) flush();
    },
  };
}
