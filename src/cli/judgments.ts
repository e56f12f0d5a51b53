import type { Command } from 'commander';
import { describeJudging, refuseNothing } from '../../subgraphs/retrieval/judging/describe-judging.ts';
import { judge } from '../../subgraphs/retrieval/judging/judge.ts';
import { JudgedSearches } from '../../subgraphs/retrieval/judging/judged-searches.ts';
import { checkFile, writeJudgments } from '../../subgraphs/retrieval/judging/write-judgments.ts';
import { told } from '../runtime/counted.ts';
import { count } from './count.ts';
import { MOST_SEARCHES, readQueryLog } from './read-query-log.ts';

interface JudgmentsOptions {
  readonly days: number;
  readonly least: number;
  readonly force: boolean;
}

/**
 * `medley judgments clicks.csv`: judges items by what viewers chose, for `medley tune`. Where a server has the data folder open, it reads
 * the log, and searches are answered throughout.
 */
export function addJudgmentsCommand(program: Command): void {
  program
    .command('judgments')
    .description('write judged queries for tune, from what viewers searched and chose')
    .argument('<file>', 'the .csv or .jsonl file to write')
    .option('--days <days>', 'how many days of the log to read', count, 30)
    .option('--least <viewers>', 'leave out queries that fewer viewers searched', count, 10)
    .option('--force', 'overwrite an existing file', false)
    .action(writeFromLog);
}

async function writeFromLog(file: string, { days, least: leastViewers, force }: JudgmentsOptions): Promise<void> {
  await checkFile(file, { force });
  const own = new JudgedSearches();
  const read = await readQueryLog(days, (part) => {
    own.take(part);
  });
  own.end();
  const judging = judge(own.searches, leastViewers);
  const { typedOn, repeated, unnamed } = own;
  const log = { days, leastViewers, read, inWords: own.searches.length + repeated, typedOn, repeated, unnamed };
  refuseNothing(judging, log);
  if (read >= MOST_SEARCHES) console.error(`Only the newest ${told(MOST_SEARCHES)} searches were read.`);
  await checkFile(file, { force });
  await writeJudgments(file, judging.judgments);
  console.log(describeJudging(judging, log));
  console.log(`Written to ${file}. Look at it, then run: npm run medley -- tune ${file}`);
}
