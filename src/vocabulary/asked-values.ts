import { alike } from './alike-values.ts';
import { beginningBelow } from './category-path.ts';

/** Which values of a field of words a facet is about: at most one of these, all without. */
export interface AskedValues {
  /** Those that begin so, or have a word that does; in letters of either case, with accents or without. */
  readonly matching?: string;
  /** Those one level below this path ("Women": "Women > Shoes"); the empty text stands above the first level. */
  readonly under?: string;
}

/** What words of a value stand between. */
export const BETWEEN_WORDS = ' -/&.,:;\'’"(+_';

/** Whether a value of the field is among those that are asked for. */
export function isAmong(field: string, { matching, under }: AskedValues): (value: string) => boolean {
  const [begun, above] = [
    matching === undefined ? '' : bare(matching),
    under === undefined ? '' : alike(field, beginningBelow(under)),
  ];
  return (value) =>
    (matching === undefined || hasWordOf(bare(value), begun)) &&
    (under === undefined || isBelow(alike(field, value), above));
}

function isBelow(value: string, above: string): boolean {
  return value.length > above.length && value.startsWith(above) && !value.slice(above.length).includes('>');
}

function hasWordOf(value: string, begun: string): boolean {
  for (let at = value.indexOf(begun); at >= 0; at = value.indexOf(begun, at + 1))
    if (at === 0 || BETWEEN_WORDS.includes(value.charAt(at - 1))) return true;
  return false;
}

/** A text letter by letter in small ones, those of Latin, Greek and Cyrillic without their accents. */
function bare(text: string): string {
  return Array.from(text, bareLetter).join('');
}

export function bareLetter(letter: string): string {
  const isAccented = letter >= FIRST_ACCENTED && letter <= LAST_ACCENTED;
  return (isAccented ? letter.normalize('NFD').slice(0, 1) : letter).toLowerCase();
}

/** Letters with accents lie from here to there. */
const FIRST_ACCENTED = '\u00c0';
export const LAST_ACCENTED = '\u052f';
