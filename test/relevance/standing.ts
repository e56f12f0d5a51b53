import type { Estimate } from '../../subgraphs/retrieval/measures/bootstrap.ts';
import { shown } from './control.ts';
import type { Control } from './control.ts';
import { number } from './present.ts';
import type { RowReport } from './relevance-row.ts';

/** One thing that a claim stands or falls with. */
export interface Check {
  readonly holds: boolean;
  /** What to say where it does not hold. */
  readonly otherwise: string;
}

/** A claim is reproduced where everything that it stands with holds; what does not is told. */
export function standing(checks: readonly Check[]): Pick<RowReport, 'reproduced' | 'missed'> {
  const missed = checks.flatMap(({ holds, otherwise }) => (holds ? [] : [otherwise]));
  return { reproduced: missed.length === 0, missed };
}

export function reaches({ value }: Estimate, goal: number, what = 'the goal'): Check {
  return { holds: value >= goal, otherwise: `${what} is missed by ${number(goal - value)}` };
}

/** The sign of a lift or difference is beyond doubt. */
export function liesAbove({ low, high }: Estimate, what: string, floor = 0): Check {
  const otherwise = `the interval of ${what}, ${number(low)} to ${number(high)}, does not lie above ${number(floor)}`;
  return { holds: low > floor, otherwise };
}

/** A control may do harm, which is told beside the result (see present.ts); a gain takes the claim away. */
export function showsNoGain(control: Control): Check {
  const { chance = 0 } = control;
  return {
    holds: shown(control) !== 'gain',
    otherwise: `the control shows something: it lies above ${number(chance)}`,
  };
}
