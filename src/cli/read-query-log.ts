import { environment, readSettings } from '../runtime/environment.ts';
import { askLogDoor } from '../../subgraphs/retrieval/query-log/ask-log-door.ts';
import type { LogPart } from '../../subgraphs/retrieval/query-log/read-log.ts';
import { withRetrieval } from './open-to-index.ts';
import { showProgress } from './progress.ts';

const DAY = 86_400_000;
/** The newest of a longer log: what is kept of them while they are counted takes some hundred megabytes. */
export const MOST_SEARCHES = 200_000;

/** Reads the log of so many days in the process that has the data folder open, or here where none has; resolves to how many windows. */
export async function readQueryLog(days: number, take: (part: LogPart) => void): Promise<number> {
  const { MEDLEY_DATA_DIR: dataFolder } = readSettings(environment());
  const order = { since: Date.now() - days * DAY, most: MOST_SEARCHES };
  const bar = showProgress();
  let read = 0;
  const told = (part: LogPart) => {
    bar.report({ phase: 'reading the query log', done: part.done, total: part.total });
    take(part);
    read = part.done;
  };
  try {
    if (await askLogDoor({ dataFolder, order }, told)) return read;
    await withRetrieval(async ({ readLog }) => {
      for await (const part of readLog(order)) told(part);
    });
    return read;
  } finally {
    bar.stop();
  }
}
