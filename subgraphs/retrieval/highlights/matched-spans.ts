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
  return apart(found.toSorted((a, b) => a.from - b.from || b.to - a.to));
}

/** Words in their order, the longest first, without what they share: a word within another is that one, and of two that overlap the second has its rest. */
function apart(words: readonly WrittenWord[]): readonly MatchedSpan[] {
  const spans: { from: number; to: number; terms: string[] }[] = [];
  for (const { term, from, to } of words) {
    const last = spans.at(-1);
    if (last && to <= last.to) last.terms.push(term);
    else spans.push({ from: Math.max(from, last?.to ?? 0), to, terms: [term] });
  }
  return spans;
}

/** 1.5 l is no 5 l. */
const DIGITS_BEFORE = /\p{N}[.,/⁄]$/u;
/** So many words may be one: 60 x 120 x 80. */
const MOST_WORDS = 5;

/** Terms that the text writes as several words. Most words begin none, and are not looked at. */
function writtenAsSeveral(
  text: string,
  written: readonly WrittenWord[],
  terms: ReadonlySet<string>,
): readonly WrittenWord[] {
  const byLetter = Map.groupBy(terms, (term) => term.charAt(0));
  const begins = ({ term }: WrittenWord): boolean =>
    byLetter.get(term.charAt(0))?.some((sought) => sought !== term && sought.startsWith(term.slice(0, 2))) ?? false;
  return written.flatMap((word, at) => {
    if (!begins(word) || DIGITS_BEFORE.test(text.slice(Math.max(0, word.from - 2), word.from))) return [];
    const some = text.slice(word.from, written[Math.min(at + MOST_WORDS, written.length) - 1]?.to);
    return compoundsAsked(some).flatMap(({ term, from, to }) =>
      from === 0 && terms.has(term) ? [{ term, from: word.from, to: word.from + to }] : [],
    );
  });
}
