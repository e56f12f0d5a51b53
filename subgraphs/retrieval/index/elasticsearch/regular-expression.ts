import { BETWEEN_WORDS, bareLetter, LAST_ACCENTED } from '../../../../src/vocabulary/asked-values.ts';
import type { AskedValues } from '../../../../src/vocabulary/asked-values.ts';
import { beginningBelow } from '../../../../src/vocabulary/category-path.ts';

/** The longest that Elasticsearch takes, characters. */
const LONGEST = 1000;

/** A text as a regular expression of Lucene that finds it alone. */
export function literal(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ]/gu, String.raw`\$&`);
}

/** What finds words in letters of either case: a few expressions, and as they are those of which none may be so long. */
export function inEitherCase(words: readonly string[]): readonly (string | string[])[] {
  const expressions: string[] = [];
  const tooLong: string[] = [];
  for (const word of words) {
    const one = ofEitherCase(word) || '()';
    const joined = [...expressions.slice(-1), one].join('|');
    if (one.length > LONGEST) tooLong.push(word);
    else if (joined.length > LONGEST) expressions.push(one);
    else expressions.splice(-1, 1, joined);
  }
  return [...expressions, ...(tooLong.length > 0 ? [tooLong] : [])];
}

/** What finds the values that a facet is about; undefined where it is about all. */
export function askedFor({ matching, under }: AskedValues): string | undefined {
  if (matching) return `(.*${BETWEEN})?${shortEnough(withAccents(matching), ofEitherCase(matching))}.*`;
  if (under === undefined) return undefined;
  const path = beginningBelow(under);
  return String.raw`${shortEnough(ofEitherCase(path), literal(path))}[^\>]+`;
}

/** The more forgiving of two expressions, unless it is too long. */
function shortEnough(forgiving: string, other: string): string {
  return forgiving.length + BETWEEN.length + 10 > LONGEST ? other : forgiving;
}

const BETWEEN = `(${Array.from(BETWEEN_WORDS, literal).join('|')})`;

/** The ways to write a letter, by what they have in common. */
const ACCENTED = Map.groupBy(
  Array.from({ length: (LAST_ACCENTED.codePointAt(0) ?? 0) + 1 }, (_, code) => String.fromCodePoint(code)).filter(
    (letter) => /\p{L}/u.test(letter),
  ),
  bareLetter,
);

function withAccents(text: string): string {
  return Array.from(text, (letter) => {
    const forms = ACCENTED.get(bareLetter(letter));
    return forms ? `[${forms.join('')}]` : ofEitherCase(letter);
  }).join('');
}

function ofEitherCase(word: string): string {
  const letters = Array.from(word, (letter) => {
    const forms = new Set([letter, letter.toLowerCase(), letter.toUpperCase()]);
    return forms.size === 1 ? literal(letter) : `(${[...forms].map(literal).join('|')})`;
  });
  return letters.join('');
}
