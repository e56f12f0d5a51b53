import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { openLanceIndex } from '../../subgraphs/retrieval/index/lancedb/lancedb-item-index.ts';
import { openMemoryIndex } from '../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { describeItemIndex } from './describe-item-index.ts';

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describeItemIndex('memory', { open: () => Promise.resolve(openMemoryIndex()) });

describeItemIndex('lancedb', {
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-index-'));
    folders.push(folder);
    return openLanceIndex(folder);
  },
});
