import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { environment } from '../runtime/environment.ts';
import { readCatalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { TrainingName } from '../../subgraphs/retrieval/catalogue/training/trainings.ts';
import { withIndexing } from './open-to-index.ts';
import { showProgress } from './progress.ts';
import type { ProgressDisplay } from './progress.ts';
import { runRecipe } from './recipe.ts';

/** What can be trained on a catalogue and its log, each by a recipe of `training/`. */
const TRAININGS: Readonly<Record<TrainingName, { readonly recipe: string; readonly description: string }>> = {
  bridge: { recipe: 'bridge.py', description: 'train a better bridge from words to pictures' },
  'item-vector': { recipe: 'item_tower.py', description: 'train one vector an item on its text and pictures together' },
  companions: { recipe: 'companions.py', description: 'learn from the log what viewers choose together' },
};

/**
 * `medley train-bridge catalogue.json` and its like: trains on the catalogue's own items and on what its viewers searched and chose.
 * The next `medley index` takes what was trained if it is good.
 */
export function addTrainCommands(program: Command): void {
  for (const [name, { recipe, description }] of Object.entries(TRAININGS))
    program
      .command(`train-${name}`)
      .description(`${description}; needs Python (training/)`)
      .argument('<catalogue>', 'the catalogue file')
      .action((file: string) => train(name as TrainingName, recipe, file));
}

async function train(name: TrainingName, recipe: string, file: string): Promise<void> {
  const catalogue = await readCatalogue(file);
  const bar = showProgress();
  const onProgress = bar.report.bind(bar);
  const onRecipe = (input: Uint8Array, into: string) => runWith(recipe, { input, into, bar });
  try {
    const told = await withIndexing((indexing) => indexing.train(name, catalogue, { onProgress, train: onRecipe }));
    console.log(`${told}\nIndex ${file} again to search with it.`);
  } finally {
    bar.stop();
  }
}

interface RecipeInput {
  readonly input: Uint8Array;
  readonly into: string;
  readonly bar: ProgressDisplay;
}

async function runWith(recipe: string, { input, into, bar }: RecipeInput): Promise<void> {
  const packed = join(into, 'input.bin');
  await writeFile(packed, input);
  await runRecipe({ recipe, args: [packed, into], env: environment(), onLine: tellEpoch(bar) });
  await rm(packed);
}

function tellEpoch(bar: ProgressDisplay): (line: string) => void {
  return (line) => {
    const [, done, total] = /^epoch (\d+) of (\d+)$/.exec(line) ?? [];
    if (done !== undefined) bar.report({ phase: 'training', done: Number(done), total: Number(total) });
  };
}
