import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { SIGNALS } from '../../src/vocabulary/signal.ts';
import type { BySignal, Signal } from '../../src/vocabulary/signal.ts';
import type { Hit, SignalScore } from './ranking/hit.ts';
import { shortNumber } from './ranking/window.ts';
import type { Window } from './ranking/window.ts';

/** Values by hit, or the one that all of them have. */
type Column<T> = T | readonly T[];

/** What hits have, one column a property: much alike stands together. Null in every column of a signal is a hit without it. */
interface HitColumns {
  readonly id: readonly string[];
  readonly score: Column<number>;
  readonly boost: Column<number>;
  /** Absent where no hit is. */
  readonly named?: Column<NonNullable<Hit['named']> | null>;
  readonly signals: BySignal<{ readonly [Key in keyof SignalScore]: Column<SignalScore[Key] | null> }>;
}

/** A window as text, its numbers short: 200 KB of JSON are kept as 34; one hit after another they would be 50, and take nearly twice the time. */
export function packWindow({ hits, ...window }: Window): string {
  return zstdCompressSync(JSON.stringify({ ...window, hits: columnsOf(hits) })).toString('base64');
}

/** The window that was packed; also of those that were kept one hit after another. */
export function unpackWindow(packed: string): Window {
  const { hits, ...window } = JSON.parse(zstdDecompressSync(Buffer.from(packed, 'base64')).toString()) as Omit<
    Window,
    'hits'
  > & { readonly hits: HitColumns | readonly Hit[] };
  return { ...window, hits: 'id' in hits ? hitsOf(hits) : hits };
}

function columnsOf(hits: readonly Hit[]): HitColumns {
  const signals = SIGNALS.flatMap((signal) => {
    const scores = hits.map((hit) => hit.signals[signal]);
    if (scores.every((score) => score === undefined)) return [];
    const column = <T extends Value>(read: (score: SignalScore) => T): Column<T | null> =>
      shortest(scores.map((score) => (score ? short(read(score)) : null)));
    const columns = {
      raw: column(({ raw }) => raw),
      normalised: column(({ normalised }) => normalised),
      weight: column(({ weight }) => weight),
      contribution: column(({ contribution }) => contribution),
      rank: column(({ rank }) => rank),
      imputed: column(({ imputed }) => imputed),
    };
    return [[signal, columns] as const];
  });
  return {
    id: hits.map(({ id }) => id),
    score: shortest(hits.map(({ score }) => short(score))),
    boost: shortest(hits.map(({ boost }) => short(boost))),
    ...(hits.some(({ named }) => named) && { named: shortest(hits.map(({ named = null }) => named)) }),
    signals: Object.fromEntries(signals),
  };
}

type Value = number | boolean | string | null;

function short<T extends Value>(value: T): T {
  return typeof value === 'number' ? (shortNumber(value) as T) : value;
}

function hitsOf({ id: ids, score, boost, signals, named = null }: HitColumns): readonly Hit[] {
  return ids.map((id, place) => ({
    id,
    score: at(score, place),
    signals: scoresAt(signals, place),
    boost: at(boost, place),
    named: at(named, place) ?? undefined,
  }));
}

function scoresAt(signals: HitColumns['signals'], place: number): BySignal<SignalScore> {
  const scores: Partial<Record<Signal, SignalScore>> = {};
  for (const signal of SIGNALS) {
    const columns = signals[signal];
    const weight = columns && at(columns.weight, place);
    if (!columns || weight === undefined || weight === null) continue;
    scores[signal] = {
      raw: at(columns.raw, place),
      normalised: at(columns.normalised, place) ?? 0,
      imputed: at(columns.imputed, place) ?? false,
      weight,
      contribution: at(columns.contribution, place) ?? 0,
      rank: at(columns.rank, place),
    };
  }
  return scores;
}

function shortest<T extends Value>(values: readonly T[]): Column<T> {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : values;
}

function at<T extends Value>(column: Column<T>, place: number): T {
  return Array.isArray(column) ? ((column as readonly T[])[place] as T) : (column as T);
}
