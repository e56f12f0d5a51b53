import { told } from '../searched/describe-overall.ts';
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
      'No choice is known of any of these searches, so nothing is told of choices. A choice is a CLICK,',
      'MESSAGE, ADD_TO_CART or PURCHASE, not a VIEW, that names the queryId of the search (recordEvents).',
    ];
  if (verdict !== 'OPEN')
    return [
      `${verdict === 'BETTER' ? 'Better' : 'Worse'}: of the searches that led to a choice, which decide, the whole interval is ${verdict === 'BETTER' ? 'above' : 'below'} 0.`,
      ...(verdict === 'BETTER' ? contrary(figures) : []),
      'It counts on the day for which you had decided to look. Who looks every day, and stops when it',
      'first shows something, is fooled by chance far more often than one time of twenty.',
    ];
  return [
    Math.min(control.viewers, trial.viewers) < ENOUGH_VIEWERS
      ? `Cannot be told yet: intervals of fewer than ${ENOUGH_VIEWERS} viewers a version are not to be relied on.`
      : 'Cannot be told yet: of the searches that led to a choice, which decide, the interval has 0 in it.',
    ...needs(needed),
    'Decide now for how long, and look then. Who looks every day, and stops when it first shows',
    'something, is fooled by chance far more often than one time of twenty.',
  ];
}

/** A version that is better in one way may be worse in another that the shop lives on. */
function contrary(figures: readonly Figures[]): readonly string[] {
  const worse = figures.filter(isWorse).map(({ measure }) => WORSE[measure]);
  return worse.length > 0 ? [`But ${worse.join(', and ')}: weigh what your shop lives on.`] : [];
}

const WORSE: Readonly<Record<TrialMeasure, string>> = {
  clickThroughRate: 'fewer searches lead to a choice',
  meanReciprocalRank: 'choices stand lower',
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
  return ['To find a lift four times of five, it takes about so many viewers more:', `  ${each.join(', ')}`];
}

/** To two digits: it is an estimate. */
function rounded(viewers: number): string {
  return viewers === 0 ? 'none' : told(Number(viewers.toPrecision(2)));
}
