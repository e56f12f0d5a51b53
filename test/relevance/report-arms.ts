import { liftEstimate, meanEstimate } from '../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Estimate } from '../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../subgraphs/retrieval/measures/query-figures.ts';
import type { ArmReport } from './relevance-row.ts';

/** Figures of one arm, query by query, every arm in the same order of queries. */
export type Arms<Name extends string = string> = ReadonlyMap<string, readonly Readonly<Record<Name, number>>[]>;

export interface ComparedArms<Name extends string> {
  /** The measure that intervals are told of. */
  readonly measure: Name;
  /** The arm that lifts are relative to. */
  readonly base: string;
  /** By query: see BootstrapOptions. */
  readonly groups?: readonly string[];
}

export function figuresOf<Name extends string>(arms: Arms<Name>, arm: string, measure: Name): readonly number[] {
  const figures = arms.get(arm);
  if (!figures) throw new RangeError(`No arm "${arm}" was measured: ${[...arms.keys()].join(', ')}.`);
  return figures.map((each) => each[measure]);
}

/** Every arm with its means and its lift over the base. */
export function reportArms<Name extends string>(
  arms: Arms<Name>,
  { measure, base, groups }: ComparedArms<Name>,
): readonly ArmReport[] {
  return [...arms].map(([name, figures]) => ({
    name,
    figures: Object.fromEntries(
      Object.keys(figures[0] ?? {}).map((each) => [each, mean(figures.map((one) => one[each as Name]))]),
    ),
    lift: name === base ? undefined : liftOf(arms, name, { measure, base, groups }),
  }));
}

export function liftOf<Name extends string>(
  arms: Arms<Name>,
  arm: string,
  { measure, base, groups }: ComparedArms<Name>,
): Estimate {
  return liftEstimate(figuresOf(arms, arm, measure), figuresOf(arms, base, measure), { groups });
}

export function valueOf<Name extends string>(
  arms: Arms<Name>,
  arm: string,
  { measure, groups }: Omit<ComparedArms<Name>, 'base'>,
): Estimate {
  return meanEstimate(figuresOf(arms, arm, measure), { groups });
}

/** The mean of the measure by arm, without those left out. */
export function baselinesOf<Name extends string>(
  arms: Arms<Name>,
  measure: Name,
  without: readonly string[] = [],
): Readonly<Record<string, number>> {
  const kept = [...arms.keys()].filter((arm) => !without.includes(arm));
  return Object.fromEntries(kept.map((arm) => [arm, mean(figuresOf(arms, arm, measure))]));
}

/** The relative lift of the mean over that of the base by arm, without those left out: what a claim of a lift stands beside. */
export function liftsOf<Name extends string>(
  arms: Arms<Name>,
  { measure, base }: ComparedArms<Name>,
  without: readonly string[] = [],
): Readonly<Record<string, number>> {
  const means = baselinesOf(arms, measure, without);
  const whole = mean(figuresOf(arms, base, measure));
  return Object.fromEntries(Object.entries(means).map(([arm, value]) => [arm, value / whole - 1]));
}
