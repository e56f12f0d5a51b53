import type { RatioPart } from '../measures/ratio.ts';
import type { ViewerSums } from './viewer-sums.ts';

/** The first one decides. */
export const TRIAL_MEASURES = ['clickThroughRate', 'meanReciprocalRank', 'worthPerSearch', 'zeroResultRate'] as const;

export type TrialMeasure = (typeof TRIAL_MEASURES)[number];

/** What a viewer adds to each measure. */
export const PARTS: Readonly<Record<TrialMeasure, (sums: ViewerSums) => RatioPart>> = {
  clickThroughRate: ({ chosen, searches }) => [chosen, searches],
  meanReciprocalRank: ({ reciprocals, searches }) => [reciprocals, searches],
  worthPerSearch: ({ worth, searches }) => [worth, searches],
  zeroResultRate: ({ nothing, told }) => [nothing, told],
};

/** Needs no choice to be known, and is better where it is lower. */
export function isOfFinding(measure: TrialMeasure): boolean {
  return measure === 'zeroResultRate';
}
