import type { Command } from 'commander';
import { environment, readSettings } from '../runtime/environment.ts';
import { askToTrain } from '../../subgraphs/retrieval/ask-index-door.ts';
import { readCatalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { TrainingName } from '../../subgraphs/retrieval/catalogue/training/trainings.ts';
import type { TrainOrder } from '../../subgraphs/retrieval/index-door.ts';
import type { TrainingWatch } from '../../subgraphs/retrieval/indexing.ts';
import { interruptible } from './interruptible.ts';
import { withIndexing } from './open-to-index.ts';
import { showProgress } from './progress.ts';
import type { ProgressDisplay } from './progress.ts';
import { runRecipe } from './recipe.ts';
import { withItemsInFile } from './standard-input.ts';

/** What can be trained on a catalogue and its log, each by a recipe of `training/`. */
const TRAININGS: Readonly<Record<TrainingName, { readonly recipe: string; readonly description: string }>> = {
  bridge: { recipe: 'bridge.py', description: 'train a better bridge from words to pictures' },
  'item-vector': {
    recipe: 'item_tower.py',
    description: 'train one vector per item on its text and pictures together',
  },
  companions: { recipe: 'companions.py', description: 'learn from the log what viewers choose together' },
};

/**
 * `medley train-bridge catalogue.json` and its like: trains on the catalogue's own items and on what its viewers searched and chose.
 * The next `medley index` takes what was trained if it is good. Where a server has the data folder open, searches are answered throughout.
 */
export function addTrainCommands(program: Command): void {
  for (const [name, { recipe, description }] of Object.entries(TRAININGS))
    program
      .command(`train-${name}`)
      .description(`${description}; needs Python (training/)`)
      .argument('<catalogue>', 'the catalogue file')
      .action((file: string) => train(name as TrainingName, recipe, file));
}

const UNTRAINED = 'Training was stopped; nothing of it was kept.';

async function train(training: TrainingName, recipe: string, file: string): Promise<void> {
  const catalogue = await readCatalogue(file);
  const bar = showProgress();
  const onProgress = bar.report.bind(bar);
  const watch = (signal: AbortSignal): TrainingWatch => ({
    signal,
    onProgress,
    train: async (input, into, signal) => {
      await runRecipe({ recipe, args: [input, into], env: environment(), onLine: tellEpoch(bar), signal });
    },
  });
  try {
    const told = await interruptible(UNTRAINED, (signal) => trainSomewhere({ training, catalogue }, watch(signal)));
    console.log(`${told}\nTo search with it, run: npm run medley -- index ${file}`);
  } finally {
    bar.stop();
  }
}

/** The process that has the data folder open prepares, judges and keeps; where none has, that is done here. The recipe is run here. */
async function trainSomewhere({ training, catalogue }: TrainOrder, watch: TrainingWatch): Promise<string> {
  const { MEDLEY_DATA_DIR: dataFolder } = readSettings(environment());
  return withItemsInFile(
    catalogue,
    { dataFolder, signal: watch.signal },
    async (read) =>
      (await askToTrain(dataFolder, { training, catalogue: read }, watch)) ??
      (await withIndexing((indexing) => indexing.train(training, read, watch), watch.signal)),
  );
}

function tellEpoch(bar: ProgressDisplay): (line: string) => void {
  return (line) => {
    const [, done, total] = /^epoch (\d+) of (\d+)$/.exec(line) ?? [];
    if (done !== undefined) bar.report({ phase: 'training', done: Number(done), total: Number(total) });
  };
}
