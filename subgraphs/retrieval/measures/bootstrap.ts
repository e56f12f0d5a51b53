import { seeded } from '../../../src/runtime/seeded.ts';
import { mean } from './query-figures.ts';

/** A figure with what it could as well have been (95 %): of a bootstrap, as many of the resamples lie between low and high. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /**
   * The group of each query, where queries of one group share what makes them easy or hard (a type of item, a viewer): then
   * whole groups are drawn. One query is one group otherwise.
   */
  readonly groups?: readonly string[];
  readonly resamples?: number;
  readonly seed?: number;
}

const RESAMPLES = 10_000;
/** Of every interval, and of nothing else. */
export const SEED = 20_261_121;

/** The mean of one value a query. */
export function meanEstimate(values: readonly number[], options: BootstrapOptions = {}): Estimate {
  return bootstrap([values], ([total = 0], count) => total / count, options);
}

/** The mean of `values - base`, query by query (paired bootstrap, Efron and Tibshirani 1993). */
export function differenceEstimate(
  values: readonly number[],
  base: readonly number[],
  options: BootstrapOptions = {},
): Estimate {
  return bootstrap([values, base], ([total = 0, other = 0], count) => (total - other) / count, options);
}

/** How much higher the mean is than that of the base, relative to it: .1 means 10 % higher. Paired; 0 where the base is 0. */
export function liftEstimate(
  values: readonly number[],
  base: readonly number[],
  options: BootstrapOptions = {},
): Estimate {
  return bootstrap([values, base], ([total = 0, other = 0]) => (other === 0 ? 0 : total / other - 1), options);
}

/** Draws groups of queries with replacement; `statistic` sees the sums of every series over what was drawn, and how many queries that is. */
function bootstrap(
  series: readonly (readonly number[])[],
  statistic: (totals: readonly number[], count: number) => number,
  { groups, resamples = RESAMPLES, seed = SEED }: BootstrapOptions,
): Estimate {
  const { columns, counts } = groupSums(series, groups);
  const random = seeded(seed);
  const drawn = new Float64Array(resamples);
  const chosen = new Uint32Array(counts.length);
  for (let sample = 0; sample < resamples; sample++) {
    for (let draw = 0; draw < chosen.length; draw++) chosen[draw] = random() * chosen.length;
    const totals = columns.map((column) => totalOf(column, chosen));
    drawn[sample] = statistic(totals, Math.max(1, totalOf(counts, chosen)));
  }
  drawn.sort();
  const at = (share: number): number => drawn[Math.round(share * (resamples - 1))] ?? 0;
  const whole = series.map((values) => mean(values) * values.length);
  return { value: statistic(whole, Math.max(1, series[0]?.length ?? 0)), low: at(0.025), high: at(0.975) };
}

function totalOf(column: Float64Array, chosen: Uint32Array): number {
  let total = 0;
  for (let draw = 0; draw < chosen.length; draw++) total += column[chosen[draw] ?? 0] ?? 0;
  return total;
}

function groupSums(series: readonly (readonly number[])[], groups: readonly string[] | undefined) {
  const queries = (series[0] ?? []).map((_, i) => i);
  const members = groups ? [...Map.groupBy(queries, (i) => groups[i] ?? '').values()] : queries.map((i) => [i]);
  return {
    counts: Float64Array.from(members, ({ length }) => length),
    columns: series.map((values) =>
      Float64Array.from(members, (group) => group.reduce((sum, i) => sum + (values[i] ?? 0), 0)),
    ),
  };
}
