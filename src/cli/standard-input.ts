import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { layDataFolder } from '../runtime/data-folder.ts';
import type { Catalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Works on a catalogue whose items may come on standard input (`-`). Those are put into a file of the data folder first and are gone
 * from there afterwards: the work may be done by the process that has the data folder open, and its own input holds nothing.
 */
export async function withItemsInFile<T>(
  catalogue: Catalogue,
  dataFolder: string,
  work: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  if (catalogue.items.file !== '-') return work(catalogue);
  const file = resolve(join(dataFolder, `standard-input-${randomUUID()}`));
  const drop = (): void => {
    rmSync(file, { force: true });
  };
  const stop = (signal: NodeJS.Signals): void => {
    drop();
    process.kill(process.pid, signal);
  };
  for (const signal of STOPS) process.once(signal, stop);
  try {
    layDataFolder(dataFolder);
    await pipeline(process.stdin, createWriteStream(file, { mode: 0o600 }));
    return await work({ ...catalogue, items: { ...catalogue.items, file } });
  } finally {
    drop();
    for (const signal of STOPS) process.off(signal, stop);
  }
}
