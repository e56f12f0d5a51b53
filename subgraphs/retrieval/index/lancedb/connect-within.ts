import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { connect } from '@lancedb/lancedb';
import type { Connection } from '@lancedb/lancedb';
import { withTemporaryFolder } from '../../../../src/runtime/environment.ts';

export interface LanceConnection {
  readonly database: Connection;
  close(): Promise<void>;
}

/**
 * Connects to the tables in a folder that is this process's alone. LanceDB makes a temporary folder for each connection and leaves
 * it behind when the process ends: so it is made in `scratch` there, which is emptied here and at the end.
 */
export async function connectWithin(folder: string, tables = folder): Promise<LanceConnection> {
  const own = resolve(folder, 'scratch');
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  const database = await withTemporaryFolder(own, () => connect(tables));
  return {
    database,
    close: async () => {
      database.close();
      await rm(own, { recursive: true, force: true });
    },
  };
}
