import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@lancedb/lancedb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { retrievalConfig } from '../../../../../subgraphs/retrieval/config.ts';
import { LanceGeneration } from '../../../../../subgraphs/retrieval/index/lancedb/lancedb-generation.ts';
import { openLanceIndex } from '../../../../../subgraphs/retrieval/index/lancedb/lancedb-item-index.ts';
import { ResidentBudget } from '../../../../../subgraphs/retrieval/index/resident/resident-budget.ts';
import { publish } from '../../../../contracts/item-index/promises.ts';
import { head, row, shop } from '../../../../contracts/item-index/samples.ts';

/** Of the samples: 20, 20 and 12 dimensions, each padded to steps of 16 floats. */
const AN_ITEM = (32 + 32 + 16) * 4;

function unreadable(): never {
  throw new Error('the disk is damaged');
}

describe('vectors in memory', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-budget-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('are refused beyond the setting, with the bytes that are needed and what to do', async () => {
    const { writer } = await openLanceIndex(folder, { residentBytes: 40 * AN_ITEM });
    const build = await writer.build(head('large'));
    await build.write(shop(30));
    await expect(build.write(shop(41))).rejects.toMatchObject({
      code: 'INDEX_FULL',
      message: expect.stringMatching(
        /41 items need 13,120 bytes.*\(320 per item\).*allows 12,800 bytes.*13120.*Elasticsearch/,
      ),
    });
    await build.abort();
    await publish(writer, shop(40));
    await writer.close();
  });

  it('are not counted of a catalogue that could not be opened', async () => {
    const damaged = { countRows: () => Promise.resolve(30), query: () => ({ select: unreadable }) };
    const database = { openTable: () => Promise.resolve(damaged) } as unknown as Connection;
    const budget = new ResidentBudget(40 * AN_ITEM);
    await expect(LanceGeneration.open(database, head('damaged'), budget)).rejects.toThrow('the disk is damaged');
    expect(() => budget.claim(head('other'), 40)).not.toThrow();
  });

  it('of a live item too many are refused, and what serves goes on', async () => {
    const { index, writer } = await openLanceIndex(folder, { residentBytes: 40 * AN_ITEM });
    await publish(writer, shop(40));
    await expect(writer.upsert([row({ id: 'late' })])).rejects.toMatchObject({ code: 'INDEX_FULL' });
    expect(await index.items(['late'])).toEqual([undefined]);
    await writer.upsert([row({ id: 'item-0003', title: 'Trombone' })]);
    await writer.remove(['item-0004']);
    await writer.upsert([row({ id: 'late' })]);
    expect(index.head()).toMatchObject({ items: 40 });
    await writer.close();
  });

  it('count the catalogue that serves beside the one being built, and no more once it was replaced', async () => {
    const { index, writer } = await openLanceIndex(folder, { residentBytes: 60 * AN_ITEM });
    await publish(writer, shop(40), 'old');
    await expect(publish(writer, shop(21), 'large')).rejects.toThrow(
      /beside the 12,800 bytes of the catalogue that serves/,
    );
    expect(index.head()).toMatchObject({ id: 'old', items: 40 });
    await writer.close();

    const again = await openLanceIndex(folder, { residentBytes: 60 * AN_ITEM });
    await publish(again.writer, shop(20), 'small');
    await publish(again.writer, shop(40), 'next');
    expect(again.index.head()).toMatchObject({ id: 'next', items: 40 });
    await again.writer.close();
  });

  it('are refused at the start, before they are loaded, where the setting was lowered', async () => {
    const first = await openLanceIndex(folder);
    await publish(first.writer, shop(40));
    await first.writer.close();
    await expect(openLanceIndex(folder, { residentBytes: 39 * AN_ITEM })).rejects.toMatchObject({ code: 'INDEX_FULL' });
    await (await openLanceIndex(folder, { residentBytes: 40 * AN_ITEM })).writer.close();
  });

  it('are bounded by a setting that is a whole number of bytes', () => {
    expect(retrievalConfig({ MEDLEY_RESIDENT_BYTES: '1000000' }).residentBytes).toBe(1_000_000);
    expect(retrievalConfig({}).residentBytes).toBeGreaterThan(1_000_000);
    expect(() => retrievalConfig({ MEDLEY_RESIDENT_BYTES: '4 GB' })).toThrow(/MEDLEY_RESIDENT_BYTES/);
  });
});
