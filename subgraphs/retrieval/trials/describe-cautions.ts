import { told } from '../searched/describe-overall.ts';
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
          `CAUTION: ${percent(seen)} of the viewers had the trial where ${percent(meant)} were meant to, which is no chance`,
          '(chi-squared test, p < .001). Viewers are missing from one side, or the share was changed: rely on',
          'no figure before you know why.',
        ]
      : []),
    ...(meant === null
      ? ['Whether as many viewers had it as were meant to is not told: that needs the file with its share.']
      : []),
    ...(crossedOver > MANY_CROSSED * viewers
      ? [
          'CAUTION: many viewers met both versions, as they do where a share was changed or a trial begun anew.',
          'To be sure, give the version a new number, and leave its share as it is.',
        ]
      : []),
    ...(crossedOver > 0 ? [`Viewers who met both versions, and are left out: ${told(crossedOver)}.`] : []),
    ...(programs.viewers > 0
      ? [
          `Viewers who searched more than ${told(programs.above)} times, as programs do, and are left out: ${told(programs.viewers)}`,
          `(${told(programs.searches)} searches).`,
        ]
      : []),
  ];
}

/** What the file of profiles says in vain. */
export function describeIdle({ profile, idle }: Pick<TrialReport, 'profile' | 'idle'>): readonly string[] {
  if (idle.length === 0) return [];
  const versions = `${idle.length === 1 ? 'Version' : 'Versions'} ${idle.join(', ')} of ${profile}`;
  return [
    `CAUTION: ${versions} ${idle.length === 1 ? 'says' : 'say'} "trial" in the file, but nobody meets`,
    'it: one version is tried at a time, the newest, and only where it is newer than the one that ranks',
    'for all. Give what is to be tried the highest number, or take "trial" away.',
  ];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
