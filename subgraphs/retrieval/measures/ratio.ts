import type { Estimate } from './bootstrap.ts';

/** A sum over another, as choices over searches, with the variance that it has by chance of the units drawn. */
export interface Ratio {
  readonly value: number;
  readonly variance: number;
}

/** What one unit adds to both sums. */
export type RatioPart = readonly [over: number, under: number];

/** The normal quantile of a 95 % interval, */
const SURE = 1.959964;
/** and that of what is found four times of five. */
const FOUND = 0.841621;

/**
 * The ratio of the sums over units that were drawn one by one, as viewers are, whatever hangs together within each (delta method: Deng,
 * Knoblich and Lu, "Applying the delta method in metric analytics", 2018). Undefined where it cannot be told how sure it is.
 */
export function ratioOf(parts: readonly RatioPart[]): Ratio | undefined {
  const count = parts.length;
  const under = parts.reduce((sum, part) => sum + part[1], 0);
  if (count < 2 || under === 0) return undefined;
  const value = parts.reduce((sum, part) => sum + part[0], 0) / under;
  const squares = parts.reduce((sum, [own, ownUnder]) => sum + (own - value * ownUnder) ** 2, 0);
  return { value, variance: ((count / (count - 1)) * squares) / under ** 2 };
}

/** `ratio - base`, of units that have nothing to do with each other. */
export function ratioDifference(ratio: Ratio, base: Ratio): Estimate {
  const value = ratio.value - base.value;
  const margin = SURE * Math.sqrt(ratio.variance + base.variance);
  return { value, low: value - margin, high: value + margin };
}

/**
 * How much higher than the base, relative to it (Fieller, "Some problems in interval estimation", 1954): without 0 exactly where the
 * interval of the difference is. Undefined where the base may as well be 0.
 */
export function ratioLift(ratio: Ratio, base: Ratio): Estimate | undefined {
  const square = SURE ** 2;
  const under = base.value ** 2 - square * base.variance;
  if (under <= 0) return undefined;
  const product = ratio.value * base.value;
  const root = Math.sqrt(Math.max(0, product ** 2 - under * (ratio.value ** 2 - square * ratio.variance)));
  return {
    value: ratio.value / base.value - 1,
    low: (product - root) / under - 1,
    high: (product + root) / under - 1,
  };
}

/**
 * How many times as many units, split alike, would find such a lift four times of five (a power of 80 % at a level of 5 %). Undefined
 * where that cannot be told.
 */
export function timesForLift(lift: number, { ratio, base }: { ratio: Ratio; base: Ratio }): number | undefined {
  const variance = ratio.variance + base.variance;
  const difference = lift * base.value;
  return variance > 0 && difference > 0 ? ((SURE + FOUND) ** 2 * variance) / difference ** 2 : undefined;
}
