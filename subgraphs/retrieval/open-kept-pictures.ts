import { join } from 'node:path';
import pLimit from 'p-limit';
import { openDatabase } from '../../src/runtime/database.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { folderKeptPictures } from './folder-kept-pictures.ts';
import type { KeptPictures } from './kept-pictures.ts';
import { openSqlKeptPictures } from './sql-kept-pictures.ts';

/** Pictures are large, and must not keep the query log waiting. */
const CONNECTIONS = 4;

/** Kept pictures on a PostgreSQL server, where there is one, or in the data folder, where earlier releases kept them even then. */
export async function openKeptPictures(dataFolder: string, server: string | undefined): Promise<KeptPictures> {
  const folder = folderKeptPictures(join(dataFolder, 'kept-pictures'));
  if (server === undefined) return folder;
  return keptBefore(inTurn(await openSqlKeptPictures(openDatabase({ url: server, connections: CONNECTIONS }))), folder);
}

/** Waits for its turn here: who waits for a connection is told within seconds that the server is away, though it is only busy. */
function inTurn(pictures: KeptPictures): KeptPictures {
  const turns = pLimit(CONNECTIONS);
  return {
    put: (name, bytes) => turns(() => pictures.put(name, bytes)),
    get: (name) => turns(() => pictures.get(name)),
    close: () => pictures.close(),
  };
}

/** Finds what was kept earlier, too. */
function keptBefore(pictures: KeptPictures, earlier: KeptPictures): KeptPictures {
  return {
    put: (name, bytes) => pictures.put(name, bytes),
    get: (name) =>
      pictures.get(name).catch((error: unknown) => {
        if (error instanceof MedleyError && error.code === 'UNKNOWN_IMAGE') return earlier.get(name);
        throw error;
      }),
    close: async () => {
      await Promise.all([pictures.close(), earlier.close()]);
    },
  };
}
