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
    const one = ofEitherCase(word);
    const joined = [...expressions.slice(-1), one].join('|');
    if (one.length > LONGEST) tooLong.push(word);
    else if (joined.length > LONGEST) expressions.push(one);
    else expressions.splice(-1, 1, joined);
  }
  return [...expressions, ...(tooLong.length > 0 ? [tooLong] : [])];
}

function ofEitherCase(word: string): string {
  const letters = Array.from(word, (letter) => {
    const forms = new Set([letter, letter.toLowerCase(), letter.toUpperCase()]);
    return forms.size === 1 ? literal(letter) : `(${[...forms].map(literal).join('|')})`;
  });
  return letters.join('') || '()';
}
