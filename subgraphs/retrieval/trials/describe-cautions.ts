import { counted, told } from '../../../src/runtime/counted.ts';
import type { Comparison, TrialReport } from './trial-report.ts';

/** Of all viewers; fewer are those who searched while the file was read anew. */
const MANY_CROSSED = 0.01;

/** What keeps the figures from being relied on. */
export function describeCautions({ split, control, trial, crossedOver, programs }: Comparison): readonly string[] {
  const { meant, seen, isUnlike } = split;
  const viewers = control.viewers + trial.viewers + crossedOver;
  return [
    ...(isUnlike && meant !== null
      ? [
          `CAUTION: ${percent(seen)} of the viewers got the trial instead of ${percent(meant)}, and that is not by chance`,
          '(chi-squared test, p < .001). Viewers are missing on one side, or the share was changed. Rely on no',
          'figure before you know why.',
        ]
      : []),
    ...(meant === null
      ? [
          'Not checked: whether as many viewers got the trial as planned. That takes the file with its share',
          '(MEDLEY_RANKING_PROFILES).',
        ]
      : []),
    ...(crossedOver > MANY_CROSSED * viewers
      ? [
          'CAUTION: many viewers got both versions, as happens when a share is changed or a trial starts over.',
          'For a result to rely on, give the version a new number, and do not change its share.',
        ]
      : []),
    ...(crossedOver > 0 ? [`Left out: ${counted(crossedOver, 'viewer')} who got both versions.`] : []),
    ...(programs.viewers > 0
      ? [
          `Left out: ${counted(programs.viewers, 'viewer')} with more than ${told(programs.above)} searches, as programs have (${counted(programs.searches, 'search', 'searches')}).`,
        ]
      : []),
  ];
}

/** What the file of profiles says in vain. */
export function describeIdle({ profile, idle }: Pick<TrialReport, 'profile' | 'idle'>): readonly string[] {
  if (idle.length === 0) return [];
  const versions = idle.length === 1 ? `version ${idle.join()}` : `versions ${idle.join(', ')}`;
  return [
    `CAUTION: ${versions} of ${profile} ${idle.length === 1 ? 'has' : 'have'} a "trial" in the file, but no viewer gets`,
    'it. Only the newest version with a "trial" is tried, and only if it is newer than the one that ranks',
    'for all. Give the version to try the highest number, or remove its "trial".',
  ];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
