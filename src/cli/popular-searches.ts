import type { Command } from 'commander';
import { popularQueries } from '../../subgraphs/retrieval/searched/popular-queries.ts';
import { SearchTally } from '../../subgraphs/retrieval/searched/search-tally.ts';
import { isLine, linesOf, MOST_SEARCHES } from '../../subgraphs/retrieval/suggesting/popular-searches-file.ts';
import { counted, told } from '../runtime/counted.ts';
import { MedleyError } from '../runtime/errors.ts';
import { checkOutput, writeOutput } from '../runtime/output-file.ts';
import { count } from './count.ts';
import { readQueryLog } from './read-query-log.ts';

interface PopularOptions {
  readonly days: number;
  readonly limit: number;
  readonly least: number;
  readonly force: boolean;
}

/**
 * `medley popular-searches searches.txt`: what many viewers search, for suggestions. Where a server has the data folder open, it reads the
 * log, and searches are answered throughout.
 */
export function addPopularSearchesCommand(program: Command): void {
  program
    .command('popular-searches')
    .description('write popular searches, which suggestions show first, for MEDLEY_POPULAR_SEARCHES')
    .argument('<file>', 'the text file to write, one search per line')
    .option('--days <days>', 'how many days of the log to read', count, 30)
    .option('--least <viewers>', 'leave out what fewer viewers searched', count, 10)
    .option('--limit <count>', 'how many searches, at most 10000', count, 1000)
    .option('--force', 'overwrite an existing file', false)
    .action(writeFromLog);
}

async function writeFromLog(file: string, { days, limit, least: leastViewers, force }: PopularOptions): Promise<void> {
  await checkOutput(file, { force });
  const tally = new SearchTally();
  await readQueryLog(days, (part) => {
    tally.take(part);
  });
  tally.end();
  const popular = popularQueries(tally, { leastViewers, limit: Math.min(limit, MOST_SEARCHES) }).filter(({ text }) =>
    isLine(text),
  );
  if (popular.length === 0)
    throw new MedleyError(
      'INVALID_SETTING',
      `Nothing was written. Of the ${counted(tally.queries.size, 'query', 'queries')} in the last ${counted(days, 'day')}, none was searched by ${counted(leastViewers, 'viewer')} and finds items by each of its words. Try more --days or a lower --least.`,
    );
  await checkOutput(file, { force });
  await writeOutput(file, linesOf(popular.map(({ text }) => text)));
  const [first, last] = [popular[0], popular.at(-1)].map(
    (one) => `"${one?.text}" (${counted(one?.viewers ?? 0, 'viewer')})`,
  );
  console.log(
    `${told(popular.length)} of ${counted(tally.queries.size, 'query', 'queries')} written to ${file}, from ${first} to ${last}.`,
  );
  console.log(
    `Edit the file as you like. With MEDLEY_POPULAR_SEARCHES=${file}, Medley suggests its searches in their order.`,
  );
}
