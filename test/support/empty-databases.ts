import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEmbeddedDatabase } from '../../src/runtime/embedded-database.ts';

const MODULES = join(import.meta.dirname, '../../node_modules');

/** Lays empty databases into a data folder. Making one takes seconds and comes to the same files each time, so one is made for all tests. */
export async function layEmptyDatabases(dataFolder: string): Promise<void> {
  const model = await modelDatabase();
  for (const subgraph of ['retrieval', 'user-profile'])
    await cp(model, join(dataFolder, 'database', subgraph, 'tables'), { recursive: true });
}

async function modelDatabase(): Promise<string> {
  const manifest = await readFile(join(MODULES, '@electric-sql/pglite/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const model = join(MODULES, '.cache', `medley-empty-database-${version}`);
  if (existsSync(model)) return model;
  const aside = `${model}.${String(process.pid)}`;
  await mkdir(aside, { recursive: true });
  const database = await openEmbeddedDatabase(aside);
  await database.close();
  // Another test may have been faster.
  await rename(join(aside, 'tables'), model).catch(() => undefined);
  await rm(aside, { recursive: true, force: true });
  return model;
}
