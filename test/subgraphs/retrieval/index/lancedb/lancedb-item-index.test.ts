import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '@lancedb/lancedb';
import { LanceStore } from '../../../../../subgraphs/retrieval/index/lancedb/lance-store.ts';
import { lanceIndexWriter } from '../../../../../subgraphs/retrieval/index/lancedb/lancedb-index-writer.ts';
import { openLanceIndex } from '../../../../../subgraphs/retrieval/index/lancedb/lancedb-item-index.ts';
import { openMemoryIndex } from '../../../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { publish } from '../../../../contracts/item-index/promises.ts';
import { DIMS, head, row, shop, vector } from '../../../../contracts/item-index/samples.ts';

const ROWS = shop(300);

describe('the LanceDB index', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-lance-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('has everything again when it is opened again', async () => {
    const first = await openLanceIndex(folder);
    await publish(first.writer, ROWS, 'kept');
    await first.writer.upsert([row({ id: 'late', title: 'Trombone' }, 3, false)]);
    await first.writer.remove(['item-0001']);
    const query = {
      words: 'trombone red',
      probes: [{ column: 'looks', vector: vector(1, DIMS.looks), weight: 1 }],
      candidates: 9,
    } as const;
    const before = await first.index.candidates(query);
    await first.writer.close();

    const again = await openLanceIndex(folder);
    expect(again.index.head()).toEqual({ ...head('kept'), items: 300 });
    expect(await again.index.candidates(query)).toEqual(before);
    expect(await again.index.items(['late', 'item-0001', 'item-0002'])).toEqual([
      row({ id: 'late', title: 'Trombone' }).item,
      undefined,
      ROWS[2]?.item,
    ]);
    expect(await again.index.vectors(['late', 'item-0002'])).toEqual([
      row({ id: 'late' }, 3, false).vectors,
      ROWS[2]?.vectors,
    ]);
    await again.writer.close();
  });

  it('answers as its twin does, after compaction', async () => {
    const [lance, memory] = [await openLanceIndex(folder), openMemoryIndex()];
    for (const { writer } of [lance, memory]) {
      await publish(writer, ROWS.slice(0, 200));
      await writer.upsert(ROWS.slice(150));
      await writer.remove(['item-0010', 'item-0290']);
      await writer.compact();
    }
    const probes = (['text', 'bridged', 'looks'] as const).map((column, at) => ({
      column,
      vector: vector(at, DIMS[column]),
      weight: 1,
    }));
    for (const words of ['red dress', 'street number 7 nordic', 'wacth', 'living t3']) {
      const [a, b] = await Promise.all(
        [lance, memory].map(({ index }) => index.candidates({ words, probes, candidates: 25 })),
      );
      expect(a?.idfSum).toBe(b?.idfSum);
      expect(a?.candidates.map(({ id }) => id)).toEqual(b?.candidates.map(({ id }) => id));
      a?.candidates.forEach(({ lexical, cosines }, at) => {
        expect(lexical).toBeCloseTo(b?.candidates[at]?.lexical ?? -1, 3);
        expect(cosines).toEqual(b?.candidates[at]?.cosines);
      });
    }
    await lance.writer.close();
  });

  it('scores every candidate by words where too many match to read them all', async () => {
    const { index, writer } = await openLanceIndex(folder);
    await publish(writer, shop(2400));
    const probes = [{ column: 'text', vector: vector(9, DIMS.text), weight: 1 }] as const;
    const { candidates } = await index.candidates({ words: 'street red', probes, candidates: 30 });
    expect(candidates.length).toBeGreaterThan(50);
    for (const { lexical } of candidates) expect(lexical).toBeGreaterThan(0);
    await writer.close();
  });

  it('lets one process at a time write, and the next as soon as it has closed', async () => {
    const first = await openLanceIndex(folder);
    await expect(openLanceIndex(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
    await first.writer.close();
    await expect(first.writer.build(head('x'))).rejects.toMatchObject({ code: 'READ_ONLY' });
    await (await openLanceIndex(folder)).writer.close();
  });

  it('keeps the serving generation and the one before it, and nothing of those before, of aborted or of unfinished ones', async () => {
    const first = await openLanceIndex(folder);
    for (const id of ['g1', 'g2', 'g3']) await publish(first.writer, ROWS.slice(0, 5), id);
    await (await first.writer.build(head('aborted'))).abort();
    await first.writer.build(head('unfinished'));
    await first.writer.close();
    await writeFile(join(folder, 'heads', 'half.json.new'), '{');
    const again = await openLanceIndex(folder);
    expect((await readdir(join(folder, 'tables'))).sort()).toEqual(['g_g2.lance', 'g_g3.lance']);
    expect((await readdir(join(folder, 'heads'))).sort()).toEqual(['g2.fitting', 'g2.json', 'g3.fitting', 'g3.json']);
    await again.writer.close();
    expect(existsSync(join(folder, 'writer.lock'))).toBe(false);
  });

  it('keeps no changes for a build that could not begin', async () => {
    const store = await LanceStore.open(folder, Infinity);
    const writer = lanceIndexWriter(store, 500);
    await rename(join(folder, 'heads'), join(folder, 'away'));
    await expect(writer.build(head('unlucky'))).rejects.toThrow();
    await rename(join(folder, 'away'), join(folder, 'heads'));
    expect([...store.builds.keys()]).toEqual([]);
    await publish(writer, ROWS.slice(0, 5), 'unlucky');
    expect(store.published?.id).toBe('unlucky');
    await writer.close();
  });

  it('compacts aside after many writes', async () => {
    const { index, writer } = await openLanceIndex(folder, { compactAfter: 20 });
    await publish(writer, ROWS.slice(0, 50));
    for (let at = 0; at < 45; at++) await writer.upsert([row({ id: `n${at}`, title: 'Trombone' })]);
    await writer.compact();
    expect((await index.candidates({ words: 'trombone', probes: [], candidates: 99 })).candidates).toHaveLength(45);
    await writer.close();
  });

  it('compacts after as many writes, too, where the process ends in between each time', async () => {
    const first = await openLanceIndex(folder);
    await publish(first.writer, ROWS.slice(0, 5), 'often');
    await first.writer.close();
    for (let at = 0; at < 12; at++) {
      const { writer } = await openLanceIndex(folder, { compactAfter: 10 });
      await writer.upsert([row({ id: `often${at}`, title: 'Trombone' })]);
      await writer.close();
    }
    const database = await connect(join(folder, 'tables'));
    const table = await database.openTable('g_often');
    expect((await table.stats()).fragmentStats.numFragments).toBeLessThan(10);
    database.close();
  });
});
