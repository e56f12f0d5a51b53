import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { MedleyError } from '../runtime/errors.ts';
import type { ReportedProblem } from '../../subgraphs/retrieval/catalogue/encoding/reported-problem.ts';

/** The file that lists the problems of a work, a line of JSON each. */
export interface ProblemFile {
  add(problem: ReportedProblem): void;
  /** Resolves to the number of problems that were added, once all are written. Throws where they could not be. */
  close(): Promise<number>;
}

/**
 * Opens the file before the work begins, and empties it.
 *
 * @throws MedleyError INVALID_INPUT where it cannot be written
 */
export async function openProblemFile(path: string): Promise<ProblemFile> {
  const file = await open(path, 'w').catch((cause: unknown) => {
    throw refused(path, cause);
  });
  const lines = file.createWriteStream();
  const written = finished(lines).then(
    () => undefined,
    (cause: unknown) => refused(path, cause),
  );
  let count = 0;
  return {
    add: (problem) => {
      count++;
      lines.write(`${JSON.stringify(problem)}\n`);
    },
    close: async () => {
      lines.end();
      const error = await written;
      if (error) throw error;
      return count;
    },
  };
}

function refused(path: string, cause: unknown): MedleyError {
  const { code } = cause as NodeJS.ErrnoException;
  return new MedleyError(
    'INVALID_INPUT',
    `The report cannot be written to ${path} (${String(code)}). Name another file with --report.`,
    { cause },
  );
}
