import { readFileSync, statSync } from 'node:fs';
import { withoutMark } from './byte-order-mark.ts';
import { MedleyError } from './errors.ts';

/** Bytes; ten thousand lines take less than one million. */
const LARGEST = 10_000_000;

/** The text of a file that a setting names, without a byte order mark; `what` is what it is a file of. Errors: INVALID_SETTING. */
export function readTextFile(file: string, what: string): string {
  try {
    const { size } = statSync(file);
    if (size <= LARGEST) return withoutMark(readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MedleyError('INVALID_SETTING', `${file} cannot be read as a file of ${what}: ${reason}`, { cause });
  }
  throw new MedleyError(
    'INVALID_SETTING',
    `${file} has more than ${LARGEST} bytes, which is too large for a file of ${what}.`,
  );
}
