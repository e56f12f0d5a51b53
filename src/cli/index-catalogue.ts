import type { Command } from 'commander';
import { namedModels } from '../inference/releases/model-folders.ts';
import { placeOf } from '../inference/releases/model-place.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import type { Environment } from '../runtime/environment.ts';
import { askIndexDoor } from '../../subgraphs/retrieval/ask-index-door.ts';
import { describeReport } from '../../subgraphs/retrieval/catalogue/build-report.ts';
import type { BuildReport } from '../../subgraphs/retrieval/catalogue/build-report.ts';
import { readCatalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { Catalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { EncoderSpaces } from '../../subgraphs/retrieval/index-door.ts';
import type { IndexingWatch } from '../../subgraphs/retrieval/catalogue/indexing-watch.ts';
import { interruptible } from './interruptible.ts';
import { withIndexing } from './open-to-index.ts';
import { withItemsInFile } from './standard-input.ts';
import { watched } from './watched.ts';

const REPORT = 'index-report.jsonl';

const UNPUBLISHED =
  'Indexing was stopped; the catalogue before still serves. Index again to continue: what was encoded is kept.';

/**
 * `medley index catalogue.json`: reads, encodes, fits and publishes a catalogue; resumes where it was interrupted. Where a server
 * has the data folder open, the server does it, and searches are answered throughout.
 */
export function addIndexCommand(program: Command): void {
  program
    .command('index')
    .description('read, encode and publish a catalogue')
    .argument('<catalogue>', 'the catalogue file')
    .option(
      '--report <file>',
      `where to list rejected items and pictures, one JSON object per line (default: ${REPORT} in the data folder)`,
    )
    .action(async (file: string, { report }: { report?: string }) => {
      const catalogue = await readCatalogue(file);
      const place = { file: report, otherwise: REPORT };
      const made = await interruptible(UNPUBLISHED, (signal) =>
        watched(place, (watch) => indexSomewhere(catalogue, { ...watch, signal })),
      );
      console.log(describeReport(made));
    });
}

/** Indexes in the process that has the data folder open, or here where none has. */
export async function indexSomewhere(catalogue: Catalogue, watch: IndexingWatch): Promise<BuildReport> {
  const env = environment();
  const { MEDLEY_DATA_DIR: dataFolder } = readSettings(env);
  const spaces = await spacesOf(env);
  return withItemsInFile(
    catalogue,
    { dataFolder, signal: watch.signal },
    async (read) =>
      (await askIndexDoor(dataFolder, { catalogue: read, spaces }, watch)) ??
      (await withIndexing((indexing) => indexing.run(read, watch), watch.signal)),
  );
}

/** Those that the settings here name; for others, it is what the server is used to. */
async function spacesOf(env: Environment): Promise<EncoderSpaces> {
  const { text, picture } = namedModels(env);
  return {
    text: text === undefined ? undefined : (await placeOf(text)).space,
    picture: picture === undefined ? undefined : (await placeOf(picture)).space,
  };
}
