import { basename, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { ModelFolderError } from '../inference/model-folder-error.ts';
import { namedModels, shippedFolders } from '../inference/releases/model-folders.ts';
import { placeOf } from '../inference/releases/model-place.ts';
import type { ModelPlace } from '../inference/releases/model-place.ts';
import { tryModel } from '../inference/releases/try-model.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import { MedleyError } from '../runtime/errors.ts';
import { askToUseModels } from '../../subgraphs/retrieval/ask-index-door.ts';
import { describeReport } from '../../subgraphs/retrieval/catalogue/build-report.ts';
import type { BuildReport } from '../../subgraphs/retrieval/catalogue/build-report.ts';
import type { IndexingWatch } from '../../subgraphs/retrieval/catalogue/indexing-watch.ts';
import { interruptible } from './interruptible.ts';
import { withIndexing } from './open-to-index.ts';
import { watched } from './watched.ts';

const REPORT = 'models-report.jsonl';

const GOES_ON =
  'This command stopped waiting, but the change of models goes on: in the running server, or when one starts. To cancel it, run models use with the models in use.';

/**
 * `medley models use <names...>`: encodes what serves with other models, beside what serves, and lets that serve. Where a server has the
 * data folder open, the server does it and goes on with it whether or not anybody waits.
 */
export function addUseModelsCommand(models: Command): void {
  models
    .command('use')
    .description('encode everything with other models, then serve that; name the models that serve to cancel a change')
    .argument('<names...>', 'a text model, a picture model, or both: names in models/, or folders')
    .option('--report <file>', `where to list pictures that were left out (default: ${REPORT} in the data folder)`)
    .action(async (names: readonly string[], { report }: { report?: string }) => {
      const places = await Promise.all(names.map(modelCalled));
      refuseTwoOfAKind(places);
      const place = { file: report, otherwise: REPORT };
      const made = await interruptible(GOES_ON, (signal) =>
        watched(place, (watch) => useSomewhere(places, { ...watch, signal })),
      );
      console.log(made ? describeReport(made) : 'These models are in use already: there is nothing to change.');
      for (const note of await contraryTo(places)) console.log(note);
    });
}

async function useSomewhere(models: readonly ModelPlace[], watch: IndexingWatch): Promise<BuildReport | undefined> {
  const { MEDLEY_DATA_DIR: dataFolder } = readSettings(environment());
  const asked = await askToUseModels(dataFolder, { models }, watch);
  if (asked !== undefined) return asked ?? undefined;
  return withIndexing((indexing) => indexing.use(models, watch), watch.signal);
}

/** A whole model, as a name of models/ or a folder says it. @throws ModelFolderError */
async function modelCalled(name: string): Promise<ModelPlace> {
  const shipped = await shippedFolders();
  const folder = shipped.find((each) => basename(each) === name) ?? resolve(name);
  if (!existsSync(folder)) {
    const known = shipped.map((each) => basename(each)).join(', ');
    throw new ModelFolderError(name, [`there is no such folder; the models in models/ are ${known}`]);
  }
  await tryModel(folder);
  return placeOf(folder);
}

function refuseTwoOfAKind(places: readonly ModelPlace[]): void {
  if (new Set(places.map(({ modality }) => modality)).size === places.length) return;
  throw new MedleyError(
    'INVALID_INPUT',
    'Two models of the same kind were named. Name one text model, one picture model, or one of each.',
  );
}

/** A setting that names another model would bring that one back. */
async function contraryTo(places: readonly ModelPlace[]): Promise<readonly string[]> {
  const { text, picture } = namedModels(environment());
  const notes = places.map(async ({ modality, space }) => {
    const [name, folder] = modality === 'TEXT' ? ['MEDLEY_TEXT_MODEL', text] : ['MEDLEY_IMAGE_MODEL', picture];
    if (folder === undefined || (await placeOf(folder).catch(() => undefined))?.space === space) return [];
    return [
      `${name} names another model, and the next "npm run medley -- index" would go back to that one. Unset it, or set it to this model.`,
    ];
  });
  return (await Promise.all(notes)).flat();
}
