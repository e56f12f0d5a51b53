import { compoundsAsked } from '../index/compounds.ts';
import { writtenWords } from '../index/written-words.ts';
import type { WrittenWord } from '../index/written-words.ts';
import type { SoughtWords } from './sought-words.ts';

/** A stretch of a text, from one place to before the other, that says what was asked for. */
export interface MatchedSpan {
  readonly from: number;
  readonly to: number;
  /** What it is read as. */
  readonly terms: readonly string[];
}

/** Where a text says what was asked for, in its order, none over another. One word is found where it was asked for as two, and the other way round. */
export function matchedSpans(text: string, { terms, compounds, together }: SoughtWords): readonly MatchedSpan[] {
  const written = writtenWords(text);
  const said = new Set(written.map(({ term }) => term));
  const whole = new Set(together.filter((its) => its.every((term) => said.has(term))).flat());
  const found = [
    ...written.filter(({ term }) => terms.has(term) || compounds.has(term) || whole.has(term)),
    ...writtenAsSeveral(text, written, terms),
  ];
  const spans: MatchedSpan[] = [];
  for (const { term, from, to } of found.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = spans.at(-1);
    if (last && from < last.to)
      spans.splice(-1, 1, { from: last.from, to: Math.max(last.to, to), terms: [...last.terms, term] });
    else spans.push({ from, to, terms: [term] });
  }
  return spans;
}

/** So many words may be one: 60 x 120 x 80. */
const MOST_WORDS = 5;

/** Terms that the text writes as several words. Most words begin none, and are not looked at. */
function writtenAsSeveral(
  text: string,
  written: readonly WrittenWord[],
  terms: ReadonlySet<string>,
): readonly WrittenWord[] {
  const begin = (word: WrittenWord): boolean => [...terms].some((term) => term.startsWith(word.term.slice(0, 2)));
  return written.flatMap((word, at) => {
    if (!begin(word)) return [];
    const some = text.slice(word.from, written[Math.min(at + MOST_WORDS, written.length) - 1]?.to);
    return compoundsAsked(some).flatMap(({ term, from, to }) =>
      from === 0 && terms.has(term) ? [{ term, from: word.from, to: word.from + to }] : [],
    );
  });
}
