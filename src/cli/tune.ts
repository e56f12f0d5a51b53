import { Option } from 'commander';
import type { Command } from 'commander';
import { counted } from '../runtime/counted.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import { rankingProfiles, readProfiles } from '../../subgraphs/retrieval/ranking-profiles.ts';
import { describeTuning } from '../../subgraphs/retrieval/tuning/describe-tuning.ts';
import { ENOUGH } from '../../subgraphs/retrieval/tuning/halves.ts';
import { withRelevant } from '../../subgraphs/retrieval/tuning/judged-queries.ts';
import { readJudgments } from '../../subgraphs/retrieval/tuning/judgments-file.ts';
import { nextProfile } from '../../subgraphs/retrieval/tuning/next-profile.ts';
import { tune } from '../../subgraphs/retrieval/tuning/tune.ts';
import type { Tuning } from '../../subgraphs/retrieval/tuning/tune.ts';
import { TUNED_MEASURES } from '../../subgraphs/retrieval/tuning/tuned-measure.ts';
import type { TunedMeasure } from '../../subgraphs/retrieval/tuning/tuned-measure.ts';
import { checkProfilesFile, writeProfiles } from '../../subgraphs/retrieval/tuning/write-profiles.ts';
import { openFrontDoor } from './ask-front-door.ts';
import { showProgress } from './progress.ts';
import { share } from './share.ts';

interface TuneOptions {
  readonly url?: string;
  readonly profile: string;
  readonly measure: TunedMeasure;
  readonly write?: string;
  readonly trial?: number;
}

/**
 * `medley tune judgments.csv`: weights for a ranking profile that rank judged queries better, told on queries that they were not chosen
 * on. Asks a Medley that serves, and stops nothing.
 */
export function addTuneCommand(program: Command): void {
  program
    .command('tune')
    .description('find better weights for a ranking profile from judged queries, and measure the gain')
    .argument('<judgments>', 'a .csv or .jsonl file of query, item and grade (0 to 4), or relevant (1)')
    .option('--url <address>', 'the GraphQL address of a running Medley (default: the one on this machine)')
    .option('--profile <key>', 'the ranking profile to start from', 'default')
    .addOption(new Option('--measure <measure>', 'the measure to raise').choices(TUNED_MEASURES).default('nDCG@10'))
    .option('--write <file>', 'if the tuned weights are better, write them to this file, for MEDLEY_RANKING_PROFILES')
    .option('--trial <share>', 'write them as a trial for this share of viewers, such as .5, instead of for all', share)
    .action(async (file: string, options: TuneOptions) => {
      const stopping = new AbortController();
      const stop = () => {
        stopping.abort();
      };
      process.once('SIGINT', stop);
      await tuneBy(file, options, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
        console.error('Interrupted; nothing was written.');
        process.exitCode = 130;
      });
      process.off('SIGINT', stop);
    });
}

async function tuneBy(file: string, options: TuneOptions, signal: AbortSignal): Promise<void> {
  const { PORT, MEDLEY_RANKING_PROFILES } = readSettings(environment());
  const known = readProfiles(MEDLEY_RANKING_PROFILES);
  const profile = rankingProfiles(known).select({ key: options.profile });
  if (options.write !== undefined) await checkProfilesFile(options.write, known);
  const judged = await readJudgments(file);
  const queries = withRelevant(judged);
  if (queries.length < judged.length)
    console.error(`Left out: ${counted(judged.length - queries.length, 'query', 'queries')} without a relevant item.`);
  if (queries.length < ENOUGH)
    console.error(
      `Only ${counted(queries.length, 'query is', 'queries are')} judged, so the intervals will be wide. ${ENOUGH} or more are better.`,
    );
  const door = openFrontDoor(options.url ?? `http://127.0.0.1:${PORT}/graphql`, signal);
  const bar = showProgress();
  try {
    const { measure } = options;
    const tuning = await tune(queries, { door, profile, measure, signal, onProgress: bar.report.bind(bar) });
    bar.stop();
    console.log(describeTuning(tuning));
    if (tuning.better) await keep(tuning, { known, file: options.write, trial: options.trial });
  } finally {
    bar.stop();
    await door.close();
  }
}

interface Keeping {
  readonly known: Parameters<typeof rankingProfiles>[0];
  readonly file?: string;
  readonly trial?: number;
}

async function keep(tuning: Tuning, { known, file, trial }: Keeping): Promise<void> {
  const next = nextProfile(tuning, { known, trial });
  console.log(`\n${JSON.stringify(next, null, 2)}`);
  if (file === undefined) {
    console.log('\nWith --write FILE, tune writes it to a file for MEDLEY_RANKING_PROFILES.');
    return;
  }
  await writeProfiles(file, known, next);
  const to = trial === undefined ? 'ranks by it' : `tries it on ${(100 * trial).toFixed(0)} % of viewers`;
  console.log(`\nWritten to ${file}. A Medley with MEDLEY_RANKING_PROFILES=${file} ${to} within seconds.`);
  const { trial: ended } = rankingProfiles(known).trialOf(next.key) ?? {};
  if (ended) console.log(`This ends the trial of version ${ended.version}: only one version is tried at a time.`);
}
