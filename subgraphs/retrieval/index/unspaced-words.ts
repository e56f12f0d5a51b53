/** Scripts that write words without spaces between them. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** The dictionaries of ICU, which know the scripts apart; Elasticsearch's icu_tokenizer parts words so, too. */
const WORDS = new Intl.Segmenter('und', { granularity: 'word' });

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** A word of a folded text, and where it begins there. */
export interface FoldedWord {
  readonly word: string;
  readonly index: number;
}

/** What is between two spaces, as the words that it is; most is one. */
export function wordsWithoutSpaces(between: FoldedWord): readonly FoldedWord[] {
  const { word, index } = between;
  if (!UNSPACED.test(word)) return [between];
  const parts = Array.from(WORDS.segment(word), ({ segment, index: at }) => ({ word: segment, index: index + at }));
  return parts.filter((part) => SAYS_SOMETHING.test(part.word));
}

/** Where a text may be cut before or behind a word of such a script; its ends are none of them. */
export function unspacedCuts(text: string): readonly number[] {
  if (!UNSPACED.test(text)) return [];
  const segments = Array.from(WORDS.segment(text));
  return segments.flatMap(({ segment, index }, at) => {
    const before = segments[at - 1]?.segment;
    return before !== undefined && (UNSPACED.test(before) || UNSPACED.test(segment)) ? [index] : [];
  });
}
