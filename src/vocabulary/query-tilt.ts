import type { QueryPart } from './search-request.ts';
import { SIGNALS } from './signal.ts';
import type { Signal } from './signal.ts';
import type { Tilt } from './tilt.ts';
import { looksShare } from './words-of-looks.ts';

/** The widest opinion of a query: e^1.5 is 4.5 to 1. The profile and the viewer can still outvote it. */
export const TILT_BOUND = 1.5;

interface Cue {
  readonly signal: Signal;
  /** Log-odds. */
  readonly odds: number;
}

/**
 * What the query itself says about the signals, in log-odds. Cues add up:
 *
 * - pictures alone favour IMAGE by 1, pictures beside words by .5, and by the logarithm of how much heavier they are;
 * - words of colour, pattern, material or shape favour IMAGE by up to .8, by their share of the words;
 * - a quoted phrase, or a token like a model number, favours LEXICAL by 1; a bare number by .3;
 * - from the sixth word on, each word favours TEXT by .1 (to .6) and speaks as much against LEXICAL: a sentence is meant,
 *   not matched.
 *
 * Parts that say "less like this" give no cue. The sizes are judgement, not yet measured; each is small enough that no
 * single cue decides.
 */
export function queryTilt(parts: readonly QueryPart[]): Tilt {
  const wanted = parts.filter(({ weight }) => weight > 0);
  const texts = wanted.flatMap((part) => (part.kind === 'TEXT' ? [part.text] : []));
  const text = texts.join(' ');
  const cues = [...pictureCues(wanted), ...looksCues(text), ...exactCues(text), ...lengthCues(text)];
  const sums = SIGNALS.map((signal) => [signal, sumOf(cues, signal)] as const);
  return Object.fromEntries(sums.filter(([, odds]) => odds !== 0));
}

function pictureCues(wanted: readonly QueryPart[]): readonly Cue[] {
  const pictures = heaviness(wanted.filter(({ kind }) => kind === 'IMAGE_ID' || kind === 'IMAGE_URL'));
  const words = heaviness(wanted.filter((part) => part.kind === 'TEXT' && part.text.trim() !== ''));
  if (pictures === 0) return [];
  return [{ signal: 'IMAGE', odds: words === 0 ? 1 : 0.5 + Math.log(pictures / words) }];
}

function heaviness(parts: readonly QueryPart[]): number {
  return parts.reduce((sum, { weight }) => sum + weight, 0);
}

function looksCues(text: string): readonly Cue[] {
  return [{ signal: 'IMAGE', odds: 0.8 * Math.min(1, 2 * looksShare(wordsOf(text))) }];
}

const QUOTED = /"[^"]{2,}"|“[^”]{2,}”|«[^»]{2,}»/u;

/** Letters and digits in one token of four characters and more, as in `WH-1000XM5` or `B08N5`; sizes such as `65W` are shorter. */
const MODEL_NUMBER = /^(?=.*\d)(?=.*\p{L})[\p{L}\d][\p{L}\d./-]{3,}$/u;
const NUMBER = /^\d+([.,]\d+)?$/;

function exactCues(text: string): readonly Cue[] {
  const tokens = text.split(/[\s"“”«»]+/u);
  const odds = [
    QUOTED.test(text) || tokens.some((token) => MODEL_NUMBER.test(token)) ? 1 : 0,
    tokens.some((token) => NUMBER.test(token)) ? 0.3 : 0,
  ];
  return odds.map((size) => ({ signal: 'LEXICAL', odds: size }));
}

function lengthCues(text: string): readonly Cue[] {
  const odds = Math.min(0.6, 0.1 * Math.max(0, wordsOf(text).length - 5));
  return odds === 0
    ? []
    : [
        { signal: 'TEXT', odds },
        { signal: 'LEXICAL', odds: -odds },
      ];
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function sumOf(cues: readonly Cue[], signal: Signal): number {
  const sum = cues.reduce((total, cue) => total + (cue.signal === signal ? cue.odds : 0), 0);
  return Math.max(-TILT_BOUND, Math.min(TILT_BOUND, sum));
}
