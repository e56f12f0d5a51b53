import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { memoryEncodingStore } from '../../../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import type { EncodingStore } from '../../../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { openLanceEncodingStore } from '../../../../../subgraphs/retrieval/index/lancedb/lancedb-encoding-store.ts';
import { vector } from '../../../../contracts/item-index/samples.ts';

async function inFolder(task: (open: () => Promise<EncodingStore>) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'medley-encodings-'));
  try {
    await task(() => openLanceEncodingStore(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const entries = (from: number, to: number, dims = 8): ReadonlyMap<string, Float32Array> =>
  new Map(Array.from({ length: to - from }, (_, at) => [`key-${from + at}`, vector(from + at, dims)]));

describe.each([
  ['LanceDB', inFolder],
  ['memory', (task: Parameters<typeof inFolder>[0]) => task(() => Promise.resolve(memoryEncodingStore()))],
])('the encoding store in %s', (_name, within) => {
  it('gives back what was put, by space and key', () =>
    within(async (open) => {
      const store = await open();
      await Promise.all([
        store.put('a/b', entries(0, 30)),
        store.put('a/b', entries(20, 50)),
        store.put('a_b', entries(0, 2, 4)),
      ]);
      const found = await store.get('a/b', ['key-0', "it's", 'key-49', 'key-25']);
      expect(Object.fromEntries(found)).toEqual({
        'key-0': vector(0, 8),
        'key-49': vector(49, 8),
        'key-25': vector(25, 8),
      });
      expect((await store.get('a_b', ['key-1'])).get('key-1')).toEqual(vector(1, 4));
      expect((await store.get('other', ['key-1'])).size).toBe(0);
      await store.close();
    }));

  it('gives back what was put last: a photo may change at its address', () =>
    within(async (open) => {
      const store = await open();
      const [before, after] = [vector(1, 8), vector(2, 8)];
      await store.put('space', new Map([['photo', before]]));
      await store.put(
        'space',
        new Map([
          ['photo', after],
          ['another', before],
        ]),
      );
      expect(await store.get('space', ['photo', 'another'])).toEqual(
        new Map([
          ['photo', after],
          ['another', before],
        ]),
      );
      await store.close();
    }));
});

describe('the encoding store in LanceDB', () => {
  it('has everything again when it is opened again, after many small writes', () =>
    inFolder(async (open) => {
      const store = await open();
      for (let at = 0; at < 70; at++) await store.put('space', entries(at * 10, at * 10 + 10));
      await store.close();
      const again = await open();
      expect(await again.get('space', [...entries(0, 700).keys()])).toEqual(entries(0, 700));
      await again.put('space', entries(700, 701));
      expect((await again.get('space', ['key-700'])).size).toBe(1);
      await again.close();
    }));

  it('refuses a vector of other dimensions than its space has', () =>
    inFolder(async (open) => {
      const store = await open();
      await store.put('space', entries(0, 3));
      await expect(store.put('space', entries(3, 4, 5))).rejects.toMatchObject({ code: 'SPACE_MISMATCH' });
      await store.close();
    }));
});
