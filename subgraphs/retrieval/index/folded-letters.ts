/** Letters that Unicode does not take apart, as Lucene's ASCII folding has them: who types a name on another keyboard writes so. */
const FOLDED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    ł: 'l',
    đ: 'd',
    ð: 'd',
    ı: 'i',
    ħ: 'h',
    ŧ: 't',
    ŋ: 'n',
    þ: 'th',
  }),
);

/** In English letters, where it has a counterpart. */
export function foldedLetter(letter: string): string {
  return FOLDED.get(letter) ?? letter;
}
