import { write, writeSync } from 'node:fs';

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
  let waiting: Buffer[] = [];
  let bytes = 0;
  let busy = false;
  const next = (): void => {
    busy = bytes > 0;
    if (!busy) return;
    const chunk = Buffer.concat(waiting);
    waiting = [];
    write(STANDARD_ERROR, chunk, (error, written) => {
      bytes -= written;
      if (written < chunk.length) waiting.unshift(chunk.subarray(written));
      if (error) setTimeout(next, AGAIN).unref();
      else next();
    });
  };
  process.once('exit', () => {
    try {
      writeSync(STANDARD_ERROR, Buffer.concat(waiting));
    } catch {
      // Nobody is left to be told.
    }
  });
  return {
    write: (line) => {
      const more = Buffer.from(line);
      if (bytes + more.length > WAITING) return;
      waiting.push(more);
      bytes += more.length;
      if (!busy) next();
    },
  };
}
