import type { Command } from 'commander';
import { environment, readSettings } from '../runtime/environment.ts';
import { askLogDoor } from '../../subgraphs/retrieval/judging/ask-log-door.ts';
import { describeJudging, refuseNothing } from '../../subgraphs/retrieval/judging/describe-judging.ts';
import { judge } from '../../subgraphs/retrieval/judging/judge.ts';
import type { LoggedSearch } from '../../subgraphs/retrieval/judging/logged-search.ts';
import type { LogOrder, LogPart } from '../../subgraphs/retrieval/judging/read-log.ts';
import { checkFile, writeJudgments } from '../../subgraphs/retrieval/judging/write-judgments.ts';
import { withRetrieval } from './open-to-index.ts';
import { showProgress } from './progress.ts';
import { count } from './count.ts';

interface JudgmentsOptions {
  readonly days: number;
  readonly least: number;
  readonly force: boolean;
}

const DAY = 86_400_000;
/** The newest of a longer log: some hundred megabytes while they are counted. */
const MOST_SEARCHES = 200_000;

/**
 * `medley judgments clicks.csv`: judges items by what viewers chose, for `medley tune`. Where a server has the data folder open, it reads
 * the log, and searches are answered throughout.
 */
export function addJudgmentsCommand(program: Command): void {
  program
    .command('judgments')
    .description('write a file of judged queries for tune, from what viewers searched and chose')
    .argument('<file>', 'a .csv or .jsonl file to be written')
    .option('--days <days>', 'how far the log is read back', count, 30)
    .option('--least <viewers>', 'queries that fewer viewers searched are left out', count, 10)
    .option('--force', 'write over a file that is there', false)
    .action(writeFromLog);
}

async function writeFromLog(file: string, { days, least: leastViewers, force }: JudgmentsOptions): Promise<void> {
  await checkFile(file, { force });
  const { searches, read } = await readSomewhere({ since: Date.now() - days * DAY, most: MOST_SEARCHES });
  const judging = judge(searches, leastViewers);
  const log = { days, leastViewers, read, inWords: searches.length };
  refuseNothing(judging, log);
  if (read >= MOST_SEARCHES) console.error(`Only the newest ${MOST_SEARCHES} searches were read.`);
  await checkFile(file, { force });
  await writeJudgments(file, judging.judgments);
  console.log(describeJudging(judging, log));
  console.log(`Written to ${file}: look at it, then npm run medley -- tune ${file}`);
}

interface ReadSearches {
  readonly searches: readonly LoggedSearch[];
  /** Of any kind. */
  readonly read: number;
}

/** Reads in the process that has the data folder open, or here where none has. */
async function readSomewhere(order: LogOrder): Promise<ReadSearches> {
  const { MEDLEY_DATA_DIR: dataFolder } = readSettings(environment());
  const bar = showProgress();
  const searches: LoggedSearch[] = [];
  let read = 0;
  const take = ({ done, total, searches: some }: LogPart) => {
    bar.report({ phase: 'reading the query log', done, total });
    searches.push(...some);
    read = done;
  };
  try {
    if (await askLogDoor({ dataFolder, order }, take)) return { searches, read };
    await withRetrieval(async ({ readLog }) => {
      for await (const part of readLog(order)) take(part);
    });
    return { searches, read };
  } finally {
    bar.stop();
  }
}
