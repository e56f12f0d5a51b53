import { SIGNALS } from '../../src/vocabulary/signal.ts';
import type { BySignal, Signal } from '../../src/vocabulary/signal.ts';
import type { Hit, SignalScore } from './ranking/hit.ts';
import { PARTS_OF_ONE } from './ranking/window.ts';

/** Values by hit, or the one that all of them have. */
type Column<T> = T | readonly T[];

/** What hits have, one column a property: much alike stands together. Null in every column of a signal is a hit without it. */
export interface HitColumns {
  /** What all scores but ranks are multiplied by, so that they are whole numbers: those are written in a third of the time. 1 when absent. */
  readonly per?: number;
  readonly id: readonly string[];
  readonly score: Column<number>;
  readonly boost: Column<number>;
  /** Absent where no hit is. */
  readonly named?: Column<NonNullable<Hit['named']> | null>;
  /** Absent where no hit is. */
  readonly pinnedBy?: Column<string | null>;
  readonly signals: BySignal<{ readonly [Key in keyof SignalScore]: Column<SignalScore[Key] | null> }>;
}

const whole = (score: number): number => Math.round(score * PARTS_OF_ONE);

export function columnsOf(hits: readonly Hit[]): HitColumns {
  const signals = SIGNALS.flatMap((signal) => {
    const scores = hits.map((hit) => hit.signals[signal]);
    if (scores.every((score) => score === undefined)) return [];
    const column = <T extends Value>(read: (score: SignalScore) => T): Column<T | null> =>
      shortest(scores.map((score) => (score ? read(score) : null)));
    const columns = {
      raw: column(({ raw }) => (raw === null ? null : whole(raw))),
      normalised: column(({ normalised }) => whole(normalised)),
      weight: column(({ weight }) => whole(weight)),
      contribution: column(({ contribution }) => whole(contribution)),
      rank: column(({ rank }) => rank),
      imputed: column(({ imputed }) => imputed),
    };
    return [[signal, columns] as const];
  });
  return {
    per: PARTS_OF_ONE,
    id: hits.map(({ id }) => id),
    score: shortest(hits.map(({ score }) => whole(score))),
    boost: shortest(hits.map(({ boost }) => whole(boost))),
    ...(hits.some(({ named }) => named) && { named: shortest(hits.map(({ named = null }) => named)) }),
    ...(hits.some(({ pinnedBy }) => pinnedBy !== undefined) && {
      pinnedBy: shortest(hits.map(({ pinnedBy = null }) => pinnedBy)),
    }),
    signals: Object.fromEntries(signals),
  };
}

export function hitsOf({ per = 1, id: ids, score, boost, signals, ...some }: HitColumns): readonly Hit[] {
  const { named = null, pinnedBy = null } = some;
  return ids.map((id, place) => ({
    id,
    score: at(score, place) / per,
    signals: scoresAt(signals, place, per),
    boost: at(boost, place) / per,
    named: at(named, place) ?? undefined,
    pinnedBy: at(pinnedBy, place) ?? undefined,
  }));
}

function scoresAt(signals: HitColumns['signals'], place: number, per: number): BySignal<SignalScore> {
  const scores: Partial<Record<Signal, SignalScore>> = {};
  for (const signal of SIGNALS) {
    const columns = signals[signal];
    const weight = columns && at(columns.weight, place);
    if (!columns || weight === undefined || weight === null) continue;
    const raw = at(columns.raw, place);
    scores[signal] = {
      raw: raw === null ? null : raw / per,
      normalised: (at(columns.normalised, place) ?? 0) / per,
      imputed: at(columns.imputed, place) ?? false,
      weight: weight / per,
      contribution: (at(columns.contribution, place) ?? 0) / per,
      rank: at(columns.rank, place),
    };
  }
  return scores;
}

type Value = number | boolean | string | null;

function shortest<T extends Value>(values: readonly T[]): Column<T> {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : values;
}

function at<T extends Value>(column: Column<T>, place: number): T {
  return Array.isArray(column) ? ((column as readonly T[])[place] as T) : (column as T);
}
