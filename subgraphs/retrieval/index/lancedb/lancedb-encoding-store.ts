import { createHash } from 'node:crypto';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { EncodingStore } from '../../catalogue/encoding/encoding-store.ts';
import { connectWithin } from './connect-within.ts';
import { EncodingSpace } from './encoding-space.ts';

/**
 * Keeps what encoders made in LanceDB, one table a space. The folder has one writer: the lock of the data folder sees to that.
 * Errors: SPACE_MISMATCH for a vector of other dimensions than the space has.
 */
export async function openLanceEncodingStore(folder: string): Promise<EncodingStore> {
  const connection = await connectWithin({ folder });
  const { database } = connection;
  const written = new Set((await database.listTables({ limit: 1000 })).tables);
  const spaces = new Map<string, Promise<EncodingSpace>>();
  const once = (space: string, open: (name: string) => Promise<EncodingSpace>): Promise<EncodingSpace> => {
    const opening = spaces.get(space) ?? open(tableName(space));
    spaces.set(space, opening);
    opening.catch(() => spaces.delete(space));
    return opening;
  };
  const find = (space: string): Promise<EncodingSpace> | undefined => {
    if (!written.has(tableName(space))) return spaces.get(space);
    return once(space, (name) => EncodingSpace.open(database, name));
  };
  return {
    get: async (space, keys) => (await find(space))?.get(keys) ?? new Map<string, Vector>(),
    put: async (space, entries) => {
      const [first] = entries.values();
      if (!first) return;
      const found = find(space) ?? once(space, (name) => EncodingSpace.create(database, name, first.length));
      await (await found).put(entries);
    },
    close: async () => {
      for (const opened of await Promise.allSettled(spaces.values())) {
        if (opened.status === 'fulfilled') await opened.value.settled();
      }
      await connection.close();
    },
  };
}

/** Spaces are named freely, tables are not. */
function tableName(space: string): string {
  const readable = space.replaceAll(/[^\w.-]/g, '_').slice(0, 60);
  return `${readable}-${createHash('sha256').update(space).digest('hex').slice(0, 12)}`;
}
