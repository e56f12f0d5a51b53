import { told } from '../searched/describe-overall.ts';
import type { ReadLog } from '../searched/describe-overall.ts';
import { percent } from './describe-cautions.ts';
import type { TrialReport } from './trial-report.ts';

/** Why there is nothing to compare, and what to do about it. */
export function describeNoTrial(report: TrialReport, { days, read }: ReadLog): readonly string[] {
  const { profile, underWay, versions, notCounted } = report;
  const { unnamed, versionAsked } = notCounted;
  const log = `the query log of ${told(days)} days (${told(read)} searches of any kind)`;
  return [
    ...(underWay
      ? [
          `Version ${underWay.trial} of ${profile} is on trial for ${percent(underWay.share)} of viewers beside version ${underWay.control}. In`,
          `${log}, not both have ranked searches in words`,
          'by named viewers since. Look again when viewers have searched.',
        ]
      : [`No trial of ${profile} is in ${log}:`, `${rankedBy(versions)}.`, ...HOW_TO_BEGIN]),
    ...(unnamed > 0
      ? [`Searches that name no clientId or userId, and so are in no trial: ${told(unnamed)}. Have your shop send one.`]
      : []),
    ...(versionAsked > 0
      ? [`Searches that asked for a version themselves, and do not count: ${told(versionAsked)}.`]
      : []),
  ];
}

const HOW_TO_BEGIN = [
  'To begin one, add a version with "trial": 0.5 to the file of MEDLEY_RANKING_PROFILES, as does',
  'npm run medley -- tune judgments.csv --write ranking-profiles.json --trial .5',
] as const;

function rankedBy(versions: readonly number[]): string {
  const [newest, ...others] = versions;
  if (newest === undefined) return 'no search in words by a named viewer was ranked by it';
  if (others.length === 0) return `its searches in words were ranked by version ${newest} alone`;
  return `its versions ${versions.toReversed().join(', ')} followed each other, each for all viewers`;
}
