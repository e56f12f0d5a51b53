import type { Command } from 'commander';
import { environment, readSettings } from '../runtime/environment.ts';
import { rankingProfiles, readProfiles } from '../../subgraphs/retrieval/ranking-profiles.ts';
import { describeTrial } from '../../subgraphs/retrieval/trials/describe-trial.ts';
import { trialReport } from '../../subgraphs/retrieval/trials/trial-report.ts';
import { TrialTally } from '../../subgraphs/retrieval/trials/trial-tally.ts';
import { count } from './count.ts';
import { MOST_SEARCHES, readQueryLog } from './read-query-log.ts';

interface TrialOptions {
  readonly profile: string;
  readonly days: number;
  readonly json: boolean;
}

/** `medley inspect trial`: whether a version of a ranking profile that is on trial is better, by what viewers choose. */
export function addInspectTrial(inspect: Command): void {
  inspect
    .command('trial')
    .description('tell whether the version of a ranking profile that is on trial is better, by what viewers chose')
    .option('--profile <key>', 'the ranking profile', 'default')
    .option('--days <days>', 'how many days of the log to read', count, 30)
    .option('--json', 'print one JSON document instead of a table', false)
    .action(tellTrial);
}

async function tellTrial({ profile: key, days, json }: TrialOptions): Promise<void> {
  const profiles = readProfiles(readSettings(environment()).MEDLEY_RANKING_PROFILES);
  const underWay = underWayIn(profiles, key);
  const tally = new TrialTally(key, underWay);
  const read = await readQueryLog(days, (part) => {
    tally.take(part);
  });
  tally.end();
  const idle = rankingProfiles(profiles).idleTrialsOf(key);
  const report = trialReport(tally, { underWay, idle, known: profiles.map((profile) => profile.key) });
  const log = { days, read, most: MOST_SEARCHES };
  console.log(json ? JSON.stringify({ ...log, ...report }, null, 2) : describeTrial(report, log));
}

function underWayIn(profiles: Parameters<typeof rankingProfiles>[0], key: string) {
  const { usual, trial } = rankingProfiles(profiles).trialOf(key) ?? {};
  if (usual === undefined || trial?.trial === undefined) return undefined;
  return { control: usual.version, trial: trial.version, share: trial.trial };
}
