import { MedleyError } from '../../../src/runtime/errors.ts';
import { readTextFile } from '../../../src/runtime/text-file.ts';

/** All of them are looked through at each keystroke. */
export const MOST_SEARCHES = 10_000;
/** Letters: as much as is read of what is being typed. */
export const LONGEST = 100;
/** So many lines that are wrong are told. */
const MOST_TOLD = 10;

/** Reads searches, one a line, the most popular first; lines that begin with # are comments. Errors: INVALID_SETTING. */
export function readPopularSearches(file: string): readonly string[] {
  const lines = readTextFile(file, 'searches')
    .split(/\r?\n/)
    .map((line, at) => ({ text: line.trim(), line: at + 1 }))
    .filter(({ text }) => text !== '' && !isComment(text));
  const problems = lines
    .filter(({ text }) => text.length > LONGEST)
    .map(({ text, line }) => `line ${line} has ${text.length} letters; expected at most ${LONGEST}`);
  if (lines.length > MOST_SEARCHES) problems.push(`it has ${lines.length} searches; expected at most ${MOST_SEARCHES}`);
  if (problems.length > 0)
    throw new MedleyError(
      'INVALID_SETTING',
      `${file} is not a file of searches: ${problems.slice(0, MOST_TOLD).join('; ')}.`,
    );
  return lines.map(({ text }) => text);
}

/** Whether a search can stand in such a file. */
export function isLine(search: string): boolean {
  return search.length <= LONGEST && !isComment(search);
}

/** The text of a file of the searches that can stand in one. */
export function linesOf(searches: readonly string[]): string {
  return searches
    .filter(isLine)
    .slice(0, MOST_SEARCHES)
    .map((text) => `${text}\n`)
    .join('');
}

function isComment(line: string): boolean {
  return line.startsWith('#');
}
