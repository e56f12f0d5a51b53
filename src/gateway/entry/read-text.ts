import { MedleyError } from '../../runtime/errors.ts';
import { ID_EXPECTED, isId, LONGEST_ID } from '../../vocabulary/id.ts';

/** An id as it came. Throws INVALID_INPUT where it can be none: what is asked stands in the query log for weeks. */
export function readId(id: string, name: string): string {
  if (isId(id)) return id;
  throw new MedleyError('INVALID_INPUT', `"${name}" is not an id; ${ID_EXPECTED}.`);
}

/** A text of at most so many characters; without a number, of as many as an id has. Throws INVALID_INPUT. */
export function readText(text: string, name: string, most = LONGEST_ID): string {
  if (text.length <= most) return text;
  throw new MedleyError(
    'INVALID_INPUT',
    `"${name}" has ${String(text.length)} characters; at most ${String(most)} are allowed.`,
  );
}
