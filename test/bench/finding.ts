import type { Measured, Spread } from './paired.ts';
import { inverse } from './paired.ts';

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly medley: Quantity;
  /** What Medley is measured against; absent for a fact that stands alone. */
  readonly beside?: Quantity & { readonly name: string };
  /** Medley's through the other's. */
  readonly ratio?: Spread;
  readonly goal?: Goal;
  /** A sentence for people. */
  readonly means: string;
}

export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

export interface Goal {
  readonly says: string;
  readonly met: boolean;
}

/** What a file of `rows/` measures. A wrong answer is a rejection. */
export type Row = (scale: Scale) => Promise<readonly Finding[]>;

export interface Scale {
  /** Small sizes and few turns: the figures say nothing then. */
  readonly quick: boolean;
  /** A folder of the row's own, removed after it. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

interface Told {
  readonly what: string;
  readonly beside: string;
  readonly means: string;
}

/** Milliseconds a request: less is better. */
export function inTime(measured: Measured, { beside, ...told }: Told, goal?: { readonly atMost: number }): Finding {
  const { ratio } = measured;
  return {
    ...told,
    medley: { value: measured.medley.median, unit: 'ms' },
    beside: { name: beside, value: measured.beside.median, unit: 'ms' },
    ratio,
    ...(goal && { goal: atMost(ratio.median, goal.atMost, 'times') }),
  };
}

/** So many items a turn, as items a second: more is better. */
export function asRate(
  measured: Measured,
  { beside, items, ...told }: Told & { readonly items: number },
  goal?: { readonly atLeast: number },
): Finding {
  const rate = (ms: number) => ({ value: (items * 1000) / ms, unit: 'a second' });
  const ratio = inverse(measured.ratio);
  return {
    ...told,
    medley: rate(measured.medley.median),
    beside: { name: beside, ...rate(measured.beside.median) },
    ratio,
    ...(goal && { goal: atLeast(ratio.median, goal.atLeast) }),
  };
}

export function atMost(value: number, limit: number, unit: string): Goal {
  return { says: `at most ${limit} ${unit}`, met: value <= limit };
}

function atLeast(value: number, limit: number): Goal {
  return { says: `at least ${limit} times`, met: value >= limit };
}
