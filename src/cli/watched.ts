import { join } from 'node:path';
import { layDataFolder } from '../runtime/data-folder.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import type { IndexingWatch } from '../../subgraphs/retrieval/catalogue/indexing-watch.ts';
import { openProblemFile } from './problem-file.ts';
import type { ProblemFile } from './problem-file.ts';
import { showProgress } from './progress.ts';

export interface ReportPlace {
  /** The file that was asked for. */
  readonly file?: string;
  /** What it is called in the data folder where none was asked for. */
  readonly otherwise: string;
}

/**
 * Shows how far a work has come, and writes its problems into a file, whose name is told at the end where there are any.
 *
 * @throws MedleyError INVALID_INPUT where the file cannot be written, before the work begins
 */
export async function watched<T>(
  { file, otherwise }: ReportPlace,
  work: (watch: IndexingWatch) => Promise<T>,
): Promise<T> {
  const path = file ?? inDataFolder(otherwise);
  const problems = await openProblemFile(path);
  const bar = showProgress();
  try {
    return await work({
      onProgress: (progress) => {
        bar.report(progress);
      },
      onProblem: (problem) => {
        problems.add(problem);
      },
    });
  } finally {
    bar.stop();
    await tellOf(problems, path);
  }
}

/** What was done stands, whether or not its problems could be written down. */
async function tellOf(problems: ProblemFile, path: string): Promise<void> {
  try {
    if ((await problems.close()) > 0) console.log(`What was left out, and why: ${path}`);
  } catch (error) {
    console.error(`The report is incomplete: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function inDataFolder(name: string): string {
  const { MEDLEY_DATA_DIR: dataFolder } = readSettings(environment());
  layDataFolder(dataFolder);
  return join(dataFolder, name);
}
