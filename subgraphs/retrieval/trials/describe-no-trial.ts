import { counted } from '../../../src/runtime/counted.ts';
import type { ReadLog } from '../searched/describe-overall.ts';
import { percent } from './describe-cautions.ts';
import type { TrialReport } from './trial-report.ts';

/** Why there is nothing to compare, and what to do about it. */
export function describeNoTrial(report: TrialReport, { days, read }: ReadLog): readonly string[] {
  const { profile, underWay, versions, notCounted } = report;
  const { unnamed, versionAsked } = notCounted;
  const log = `the query log of the last ${counted(days, 'day')} (${counted(read, 'search', 'searches')} of any kind)`;
  return [
    ...(underWay
      ? [
          `Version ${underWay.trial} of ${profile} is on trial for ${percent(underWay.share)} of viewers, beside version ${underWay.control}.`,
          `In ${log}, they have not`,
          'both ranked searches in words by viewers with a clientId or userId yet. Look again later.',
        ]
      : [`No trial of ${profile} is in ${log}:`, `${rankedBy(versions)}.`, ...HOW_TO_BEGIN]),
    ...(unnamed > 0
      ? [
          `In no trial: ${counted(unnamed, 'search', 'searches')} without a clientId or userId. Have your shop send one.`,
        ]
      : []),
    ...(versionAsked > 0 ? [`Not counted: ${counted(versionAsked, 'search', 'searches')} that named a version.`] : []),
  ];
}

const HOW_TO_BEGIN = [
  'To begin one, add a version with "trial": 0.5 to the file of MEDLEY_RANKING_PROFILES, or run',
  'npm run medley -- tune judgments.csv --write ranking-profiles.json --trial .5',
] as const;

function rankedBy(versions: readonly number[]): string {
  const [newest, ...others] = versions;
  if (newest === undefined) return 'no search in words by a viewer with a clientId or userId was ranked by it';
  if (others.length === 0) return `version ${newest} ranked all of its searches in words`;
  return `its versions ${versions.toReversed().join(', ')} ranked one after another, each for all viewers`;
}
