import type { Command } from 'commander';
import { describeSearches } from '../../subgraphs/retrieval/searched/describe-searches.ts';
import { SearchTally } from '../../subgraphs/retrieval/searched/search-tally.ts';
import { searchesReport } from '../../subgraphs/retrieval/searched/searches-report.ts';
import { count } from './count.ts';
import { MOST_SEARCHES, readQueryLog } from './read-query-log.ts';

interface SearchesOptions {
  readonly days: number;
  readonly limit: number;
  readonly least: number;
  readonly json: boolean;
}

/** `medley inspect searches`: what viewers search, what they find and choose, and what can be done about it. */
export function addInspectSearches(inspect: Command): void {
  inspect
    .command('searches')
    .description('report what viewers search for, find and choose, and which queries need synonyms, rules or judgments')
    .option('--days <days>', 'how many days of the log to read', count, 30)
    .option('--limit <count>', 'the most queries in each list', count, 20)
    .option('--least <viewers>', 'leave queries that fewer viewers searched out of the lists', count, 5)
    .option('--json', 'print one JSON document instead of tables', false)
    .action(tellSearches);
}

async function tellSearches({ days, limit, least: leastViewers, json }: SearchesOptions): Promise<void> {
  const tally = new SearchTally();
  const read = await readQueryLog(days, (part) => {
    tally.take(part);
  });
  tally.end();
  const report = searchesReport(tally, { leastViewers, limit });
  const log = { days, read, most: MOST_SEARCHES };
  console.log(json ? JSON.stringify({ ...log, ...report }, null, 2) : describeSearches(report, log));
}
