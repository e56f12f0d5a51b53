import { told } from '../../../src/runtime/counted.ts';
import { ENOUGH_VIEWERS } from './compare-versions.ts';
import type { Figures, Need } from './compare-versions.ts';
import { isOfFinding } from './trial-measure.ts';
import type { TrialMeasure } from './trial-measure.ts';
import type { Comparison } from './trial-report.ts';

/** What follows from the figures, in words. */
export function describeVerdict(comparison: Comparison): readonly string[] {
  const { verdict, control, trial, needed, figures } = comparison;
  if (verdict === null)
    return [
      'No choices from these searches are known, so nothing can be decided. A choice is a CLICK, MESSAGE,',
      'ADD_TO_CART or PURCHASE event (not a VIEW) that names the queryId of its search (recordEvents).',
    ];
  if (verdict !== 'OPEN')
    return [
      `${verdict === 'BETTER' ? 'Better' : 'Worse'}: the whole interval of "led to a choice", which decides, is ${verdict === 'BETTER' ? 'above' : 'below'} 0.`,
      ...(verdict === 'BETTER' ? contrary(figures) : []),
      'This counts on the day on which you had decided to look. If you look every day, and stop as soon as',
      'there is something to see, chance fools you far more often than one time in twenty.',
    ];
  return [
    Math.min(control.viewers, trial.viewers) < ENOUGH_VIEWERS
      ? `Not decided yet: with fewer than ${ENOUGH_VIEWERS} viewers per version, intervals cannot be relied on.`
      : 'Not decided yet: the interval of "led to a choice", which decides, includes 0.',
    ...needs(needed),
    'Decide now how long to wait, and look then. If you look every day, and stop as soon as there is',
    'something to see, chance fools you far more often than one time in twenty.',
  ];
}

/** A version that is better in one way may be worse in another that the shop lives on. */
function contrary(figures: readonly Figures[]): readonly string[] {
  const worse = figures.filter(isWorse).map(({ measure }) => WORSE[measure]);
  return worse.length > 0 ? [`But ${worse.join(', and ')}: decide what matters more to your shop.`] : [];
}

const WORSE: Readonly<Record<TrialMeasure, string>> = {
  clickThroughRate: 'fewer searches lead to a choice',
  meanReciprocalRank: 'first choices stand lower',
  worthPerSearch: 'choices are worth less',
  zeroResultRate: 'more searches find nothing',
};

function isWorse({ measure, difference }: Figures): boolean {
  if (!difference) return false;
  return isOfFinding(measure) ? difference.low > 0 : difference.high < 0;
}

function needs(needed: readonly Need[]): readonly string[] {
  if (needed.length === 0) return [];
  const each = needed.map(({ lift, viewers }) => `${rounded(viewers)} for ${(100 * lift).toFixed(0)} %`);
  return ['To detect a lift four times in five, it takes about this many more viewers:', `  ${each.join(', ')}`];
}

/** To two digits: it is an estimate. */
function rounded(viewers: number): string {
  return viewers === 0 ? 'none' : told(Number(viewers.toPrecision(2)));
}
