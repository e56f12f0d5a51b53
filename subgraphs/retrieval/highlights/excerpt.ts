import { unspacedCuts } from '../index/unspaced-words.ts';
import type { MatchedSpan } from './matched-spans.ts';

/** A stretch of a text, from one place to before the other. */
export interface Excerpt {
  readonly from: number;
  readonly to: number;
}

/**
 * The stretch of about `length` characters that has most of what was asked for: the most different terms, then the most places, then the
 * earliest. Cut between words. All of a text that is no longer, or that says nothing of it.
 */
export function excerptOf(text: string, spans: readonly MatchedSpan[], length: number): Excerpt {
  if (text.length <= length || spans.length === 0) return { from: 0, to: text.length };
  const { from, to } = richest(spans, length);
  const spare = Math.max(0, length - (to - from));
  const before = Math.min(from, Math.max(Math.floor(spare / 2), from + length - text.length));
  return { from: wordStart(text, from - before, from), to: wordEnd(text, to + (spare - before), to) };
}

/**
 * From the first to the last of those spans that are within the length together; one alone, however long it is. A text may say the same
 * ten thousand times, so both ends only ever go on.
 */
function richest(spans: readonly MatchedSpan[], length: number): Excerpt {
  const within = new TermTimes();
  let best = { from: 0, to: 0, terms: 0, places: 0 };
  let end = 0;
  for (const [at, { from, terms }] of spans.entries()) {
    for (let next = spans[end]; next && (end === at || next.to - from <= length); next = spans[++end])
      within.add(next.terms);
    const found = { from, to: spans[end - 1]?.to ?? from, terms: within.different, places: end - at };
    if (isRicher(found, best)) best = found;
    within.drop(terms);
  }
  return best;
}

interface Richness {
  readonly terms: number;
  readonly places: number;
}

function isRicher(a: Richness, b: Richness): boolean {
  return a.terms > b.terms || (a.terms === b.terms && a.places > b.places);
}

/** How often each term is there. */
class TermTimes {
  readonly #times = new Map<string, number>();

  get different(): number {
    return this.#times.size;
  }

  add(terms: readonly string[]): void {
    for (const term of terms) this.#times.set(term, (this.#times.get(term) ?? 0) + 1);
  }

  drop(terms: readonly string[]): void {
    for (const term of terms) {
      const left = (this.#times.get(term) ?? 0) - 1;
      if (left > 0) this.#times.set(term, left);
      else this.#times.delete(term);
    }
  }
}

/** Where a word begins, at or after a place; `latest` where none does before it. */
function wordStart(text: string, at: number, latest: number): number {
  if (at <= 0) return 0;
  const gap = text.slice(at - 1, latest).search(/\s\S/u);
  const start = cutsBetween(text, at, latest).find((cut) => /[\p{L}\p{N}]/uy.test(text.slice(cut)));
  return Math.min(gap < 0 ? latest : at + gap, start ?? latest);
}

/** Where a word ends, at or before a place; `earliest` where none does after it. */
function wordEnd(text: string, at: number, earliest: number): number {
  if (at >= text.length) return text.length;
  const gap = /^.*\S(?=\s)/su.exec(text.slice(earliest, at + 1));
  return Math.max(earliest + (gap?.[0].length ?? 0), cutsBetween(text, earliest, at).at(-1) ?? 0);
}

/** So many characters beside a stretch tell where the words at its ends begin and end. */
const BESIDE = 20;

/** Where a script without spaces may be cut, from one place to the other. */
function cutsBetween(text: string, from: number, to: number): readonly number[] {
  const start = Math.max(0, from - BESIDE);
  const cuts = unspacedCuts(text.slice(start, to + BESIDE)).map((cut) => start + cut);
  return cuts.filter((cut) => cut >= from && cut <= to);
}
