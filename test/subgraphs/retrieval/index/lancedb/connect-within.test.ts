import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectWithin } from '../../../../../subgraphs/retrieval/index/lancedb/connect-within.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-lance-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a connection to the tables of a folder', () => {
  it('remembers no more of the versions that writes leave behind than it may, however many there are', async () => {
    const most = 100_000;
    const connection = await connectWithin({ folder, most });
    const table = await connection.database.createTable('items', [{ id: 'i0', title: 'Red mug' }]);
    for (let n = 0; n < 60; n++) {
      await table.add([{ id: 'i1', title: `Blue mug ${String(n)}` }]);
      await table.delete("id = 'i1'");
    }
    expect(connection.remembered()).toBeLessThan(3 * most);
    expect(await table.countRows()).toBe(1);
    await connection.close();
  });
});
