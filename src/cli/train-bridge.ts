import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { environment } from '../runtime/environment.ts';
import { readCatalogue } from '../../subgraphs/retrieval/catalogue/catalogue-file.ts';
import { withIndexing } from './open-to-index.ts';
import { showProgress } from './progress.ts';
import type { ProgressDisplay } from './progress.ts';
import { runRecipe } from './recipe.ts';

/**
 * `medley train-bridge catalogue.json`: trains a bridge from pictures to words on the catalogue's own pairs and its logged queries. The
 * next `medley index` takes it if it finds more than the one in closed form.
 */
export function addTrainBridgeCommand(program: Command): void {
  program
    .command('train-bridge')
    .description('train a better bridge from words to pictures; needs Python (training/)')
    .argument('<catalogue>', 'the catalogue file')
    .action(async (file: string) => {
      const catalogue = await readCatalogue(file);
      const bar = showProgress();
      const onProgress = bar.report.bind(bar);
      try {
        const told = await withIndexing((indexing) =>
          indexing.trainBridge(catalogue, { onProgress, train: (pairs, into) => train(pairs, into, bar) }),
        );
        console.log(`${told}\nIndex ${file} again to search with it.`);
      } finally {
        bar.stop();
      }
    });
}

async function train(pairs: Uint8Array, into: string, bar: ProgressDisplay): Promise<void> {
  const input = join(into, 'pairs.bin');
  await writeFile(input, pairs);
  await runRecipe({ recipe: 'bridge.py', args: [input, into], env: environment(), onLine: tellEpoch(bar) });
  await rm(input);
}

function tellEpoch(bar: ProgressDisplay): (line: string) => void {
  return (line) => {
    const [, done, total] = /^epoch (\d+) of (\d+)$/.exec(line) ?? [];
    if (done !== undefined) bar.report({ phase: 'training', done: Number(done), total: Number(total) });
  };
}
