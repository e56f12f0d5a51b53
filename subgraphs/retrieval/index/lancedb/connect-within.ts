import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Session, connect } from '@lancedb/lancedb';
import type { Connection } from '@lancedb/lancedb';
import { withTemporaryFolder } from '../../../../src/runtime/environment.ts';

export interface LanceConnection {
  readonly database: Connection;
  /** How much is remembered of tables and their files, bytes. */
  remembered(): number;
  close(): Promise<void>;
}

export interface LancePlace {
  readonly folder: string;
  /** Where in it the tables lie; the folder itself when unset. */
  readonly tables?: string;
  /** How much may be remembered of indexes, and as much of files, bytes. */
  readonly most?: number;
}

/**
 * Each write makes a version of its table that LanceDB remembers long after it is gone, some 12 KB, for as long as there is room: by itself it
 * takes 7 GB. Little is read by index or twice here, so it may have little.
 */
const MOST = 32 * 2 ** 20;

/**
 * Connects to the tables in a folder that is this process's alone. LanceDB makes a temporary folder for each connection and leaves
 * it behind when the process ends: so it is made in `scratch` there, which is emptied here and at the end.
 */
export async function connectWithin({ folder, tables = folder, most = MOST }: LancePlace): Promise<LanceConnection> {
  const own = resolve(folder, 'scratch');
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  const { session, database } = await withTemporaryFolder(own, async () => {
    const session = new Session(BigInt(most), BigInt(most));
    return { session, database: await connect({ uri: tables, session }) };
  });
  return {
    database,
    remembered: () => Number(session.sizeBytes()),
    close: async () => {
      database.close();
      await rm(own, { recursive: true, force: true });
    },
  };
}
