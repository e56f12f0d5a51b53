import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { trialReport } from '../../../../subgraphs/retrieval/trials/trial-report.ts';
import type { Comparison, TrialReport } from '../../../../subgraphs/retrieval/trials/trial-report.ts';
import { TrialTally } from '../../../../subgraphs/retrieval/trials/trial-tally.ts';
import { logged } from '../searched/logged.ts';

/** Half of the viewers on version 2, the others on version 1. */
export const HALF = { control: 1, trial: 2, share: 0.5 } as const;

type Given = NonNullable<Parameters<typeof logged>[1]>;

/** A search by a version of the profile, of a viewer of its own. */
export function by(version: number, given: Given = {}): LoggedSearch {
  return logged('rug', { rankedBy: { profile: 'default', version, asked: false }, ...given });
}

/** What is told of searches, given the oldest first, as they happened. `underWay` null: no file has a trial. */
export function reportOf(
  searches: readonly LoggedSearch[],
  {
    key = 'default',
    underWay = HALF,
    idle,
  }: Partial<Pick<TrialReport, 'underWay' | 'idle'>> & { readonly key?: string } = {},
): TrialReport {
  const tally = new TrialTally(key, underWay ?? undefined);
  tally.take({ searches: searches.toReversed(), others: { browses: 0, pictures: 0, nobodys: 0 } });
  tally.end();
  return trialReport(tally, { underWay, idle, known: ['default'] });
}

export function comparisonOf(...given: Parameters<typeof reportOf>): Comparison {
  const { comparison } = reportOf(...given);
  if (!comparison) throw new Error('Two versions were expected to be compared.');
  return comparison;
}
