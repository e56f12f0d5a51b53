import type { Command } from 'commander';
import { environment, readSettings } from '../runtime/environment.ts';
import { askRollback } from '../../subgraphs/retrieval/ask-index-door.ts';
import { withIndexing } from './open-to-index.ts';

/** `medley rollback`: what served before the last publish serves again. Where a server has the data folder open, the server does it. */
export function addRollbackCommand(program: Command): void {
  program
    .command('rollback')
    .description('serve the previous generation of the catalogue again; a second rollback undoes the first')
    .action(async () => {
      const { MEDLEY_DATA_DIR: dataFolder } = readSettings(environment());
      const generation = (await askRollback(dataFolder)) ?? (await withIndexing((indexing) => indexing.rollback()));
      console.log(`Generation ${generation} serves now.`);
    });
}
