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
  const [first] = spans;
  if (text.length <= length || !first) return { from: 0, to: text.length };
  const best = spans.map((_, at) => within(spans.slice(at), length)).reduce((a, b) => (isRicher(b, a) ? b : a));
  const { from, to } = { from: best[0]?.from ?? 0, to: best.at(-1)?.to ?? length };
  const spare = Math.max(0, length - (to - from));
  const before = Math.min(from, Math.max(Math.floor(spare / 2), from + length - text.length));
  return { from: wordStart(text, from - before, from), to: wordEnd(text, to + (spare - before), to) };
}

/** Those that begin near enough to the first to end within the length; the first, however long it is. */
function within(spans: readonly MatchedSpan[], length: number): readonly MatchedSpan[] {
  const start = spans[0]?.from ?? 0;
  return spans.filter(({ to }, at) => at === 0 || to - start <= length);
}

function isRicher(a: readonly MatchedSpan[], b: readonly MatchedSpan[]): boolean {
  const [terms, others] = [a, b].map((spans) => new Set(spans.flatMap((span) => span.terms)).size);
  return (terms ?? 0) - (others ?? 0) > 0 || (terms === others && a.length > b.length);
}

/** Where a word begins, at or after a place; `latest` where none does before it. */
function wordStart(text: string, at: number, latest: number): number {
  if (at <= 0) return 0;
  const gap = text.slice(at - 1, latest).search(/\s\S/u);
  return gap < 0 ? latest : at + gap;
}

/** Where a word ends, at or before a place; `earliest` where none does after it. */
function wordEnd(text: string, at: number, earliest: number): number {
  if (at >= text.length) return text.length;
  const rest = text.slice(earliest, at + 1);
  const gap = /^.*\S(?=\s)/su.exec(rest);
  return gap ? earliest + gap[0].length : earliest;
}
