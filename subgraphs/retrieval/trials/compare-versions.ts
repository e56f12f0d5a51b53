import type { Estimate } from '../measures/bootstrap.ts';
import { ratioDifference, ratioLift, ratioOf, timesForLift } from '../measures/ratio.ts';
import { isOfFinding, PARTS, TRIAL_MEASURES } from './trial-measure.ts';
import type { TrialMeasure } from './trial-measure.ts';
import type { ViewerSums } from './viewer-sums.ts';

/** What each viewer did, by the version that all searches of that viewer met. */
export interface Sides {
  readonly control: readonly ViewerSums[];
  readonly trial: readonly ViewerSums[];
}

/** What cannot be told is null, never 0. */
export interface Figures {
  readonly measure: TrialMeasure;
  readonly control: number | null;
  readonly trial: number | null;
  /** Trial less control, */
  readonly difference: Estimate | null;
  /** and that relative to the control. */
  readonly lift: Estimate | null;
}

/** OPEN: it cannot be told yet. */
export type Verdict = 'BETTER' | 'WORSE' | 'OPEN';

export interface Need {
  readonly lift: number;
  /** How many more. */
  readonly viewers: number;
}

/** Of fewer viewers a version the intervals are not to be relied on. */
export const ENOUGH_VIEWERS = 100;

const LIFTS = [0.01, 0.02, 0.05] as const;

export function compareVersions(sides: Sides): readonly Figures[] {
  const known = isChosen(sides);
  return TRIAL_MEASURES.map((measure) => {
    const { ratio, base } = known || isOfFinding(measure) ? ratiosOf(measure, sides) : {};
    const both = ratio && base;
    return {
      measure,
      control: base?.value ?? null,
      trial: ratio?.value ?? null,
      difference: both ? ratioDifference(ratio, base) : null,
      lift: (both && ratioLift(ratio, base)) ?? null,
    };
  });
}

/** By the measure that decides; null where no choice is known. */
export function verdictOf(sides: Sides, figures: readonly Figures[]): Verdict | null {
  if (!isChosen(sides)) return null;
  if (Math.min(sides.control.length, sides.trial.length) < ENOUGH_VIEWERS) return 'OPEN';
  const { low = 0, high = 0 } = figures[0]?.difference ?? {};
  if (low > 0) return 'BETTER';
  return high < 0 ? 'WORSE' : 'OPEN';
}

/** How many viewers more, split and searching alike, would show a lift of the measure that decides four times of five. */
export function neededViewers(sides: Sides): readonly Need[] {
  const { ratio, base } = ratiosOf(TRIAL_MEASURES[0], sides);
  const viewers = sides.control.length + sides.trial.length;
  return LIFTS.flatMap((lift) => {
    const times = ratio && base && timesForLift(lift, { ratio, base });
    return times === undefined ? [] : [{ lift, viewers: Math.max(0, Math.ceil((times - 1) * viewers)) }];
  });
}

function ratiosOf(measure: TrialMeasure, { control, trial }: Sides) {
  return { ratio: ratioOf(trial.map(PARTS[measure])), base: ratioOf(control.map(PARTS[measure])) };
}

function isChosen({ control, trial }: Sides): boolean {
  return [...control, ...trial].some(({ chosen }) => chosen > 0);
}
