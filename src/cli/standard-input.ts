import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { layDataFolder } from '../runtime/data-folder.ts';
import type { Catalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';

/**
 * Works on a catalogue whose items may come on standard input (`-`). Those are put into a file of the data folder first and are gone
 * from there afterwards: the work may be done by the process that has the data folder open, and its own input holds nothing.
 */
export async function withItemsInFile<T>(
  catalogue: Catalogue,
  { dataFolder, signal }: { readonly dataFolder: string; readonly signal?: AbortSignal },
  work: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  if (catalogue.items.file !== '-') return work(catalogue);
  const file = resolve(join(dataFolder, `standard-input-${randomUUID()}`));
  const drop = (): void => {
    rmSync(file, { force: true });
  };
  const hungUp = (): void => {
    drop();
    process.kill(process.pid, 'SIGHUP');
  };
  process.once('exit', drop);
  process.once('SIGHUP', hungUp);
  try {
    layDataFolder(dataFolder);
    await pipeline(process.stdin, createWriteStream(file, { mode: 0o600 }), { signal });
    return await work({ ...catalogue, items: { ...catalogue.items, file } });
  } finally {
    drop();
    process.off('SIGHUP', hungUp);
  }
}
