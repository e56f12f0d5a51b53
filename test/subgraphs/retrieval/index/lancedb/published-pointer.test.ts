import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import * as durable from '../../../../../src/runtime/durable-file.ts';
import { head, shop } from '../../../../contracts/item-index/samples.ts';

/** The file of this name is put in its place, and what comes after fails. */
let unsynced: string | undefined;

jest.unstable_mockModule('../../../../../src/runtime/durable-file.ts', () => ({
  ...durable,
  writeDurably: async (path: string, content: string | Uint8Array) => {
    await durable.writeDurably(path, content);
    if (unsynced !== undefined && path.endsWith(unsynced)) throw new Error('EIO: i/o error, fsync');
  },
}));
const { openLanceIndex } = await import('../../../../../subgraphs/retrieval/index/lancedb/lancedb-item-index.ts');

describe('a catalogue whose publishing is seen but not known to be durable', () => {
  it('serves, now and after a restart, whatever is tidied up', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-pointer-'));
    const { index, writer } = await openLanceIndex(folder);
    const build = await writer.build(head('new'));
    await build.write(shop(20));
    unsynced = 'serving.json';
    await build.publish().catch(() => build.abort());
    unsynced = undefined;
    expect(index.head()?.id).toBe('new');
    await writer.close();
    const again = await openLanceIndex(folder);
    expect(again.index.head()).toMatchObject({ id: 'new', items: 20 });
    await again.writer.close();
    await rm(folder, { recursive: true, force: true });
  });
});
