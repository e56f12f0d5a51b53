import { expect } from '@jest/globals';
import type { IndexQuery, ItemIndex, Probe } from '../../../subgraphs/retrieval/index/item-index.ts';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { DIMS, row, shop, vector } from './samples.ts';

const ROWS = shop(150);

/** The ids that the index says the words name. */
async function named(index: ItemIndex, words: string, query: Partial<IndexQuery> = {}): Promise<readonly string[]> {
  const { candidates } = await index.candidates({ words, probes: [], candidates: 5, ...query });
  return candidates.filter((candidate) => candidate.named).map(({ id }) => id);
}

/** What words find that are the id of an item. */
export const IDS: Promises = {
  'finds the item whose id the words are, in letters of either case, blanks around it ignored': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, [...ROWS, row({ id: 'AB-12/x' }), row({ id: 'ÜBER 7.É' }), row({ id: '???' })]);
    expect(await named(index, 'AB-12/x')).toEqual(['AB-12/x']);
    expect(await named(index, '  ab-12/X ')).toEqual(['AB-12/x']);
    expect(await named(index, 'über 7.é')).toEqual(['ÜBER 7.É']);
    expect(await named(index, '???')).toEqual(['???']);
    expect(await named(index, 'ITEM-0042')).toEqual(['item-0042']);
    for (const words of ['item-004', 'item-0042 item-0043', 'uber 7.e', 'AB-12/?', 'street', 'x'.repeat(900)])
      expect(await named(index, words)).toEqual([]);
  },

  'takes the id that is written exactly so before those in other letters': async ({ index, writer }) => {
    await publish(writer, [row({ id: 'sku-1' }), row({ id: 'SKU-1' }), row({ id: 'Sku-1' })]);
    expect(await named(index, 'SKU-1')).toEqual(['SKU-1']);
    expect(await named(index, 'sku-1')).toEqual(['sku-1']);
    expect(await named(index, 'SKu-1')).toEqual(['SKU-1', 'Sku-1', 'sku-1']);
    await writer.remove(['SKU-1']);
    expect(await named(index, 'SKU-1')).toEqual(['Sku-1', 'sku-1']);
  },

  'brings the item that is named beside what words and vectors find, scored by every kind of evidence': async (
    opened,
  ) => {
    const { index, writer } = opened;
    await publish(writer, [...ROWS, row({ id: 'red boots', title: 'Trombone' }, 151, false)]);
    const probes: Probe[] = (['text', 'looks'] as const).map((column) => ({
      column,
      vector: vector(3, DIMS[column]),
      weight: 1,
    }));
    const query = { words: 'red boots', probes };
    const { candidates } = await index.candidates({ ...query, candidates: 5 });
    const everything = await index.candidates({ ...query, candidates: ROWS.length + 1 });
    const found = candidates.find(({ id }) => id === 'red boots');
    expect(found).toEqual(everything.candidates.find(({ id }) => id === 'red boots'));
    expect(found).toMatchObject({ lexical: 0, named: true, cosines: [expect.any(Number), null] });
    expect(candidates.length).toBeGreaterThan(10);
    expect(candidates.map(({ id }) => id)).toEqual(candidates.map(({ id }) => id).sort());
  },

  'names no item that the filter leaves out or that was deleted, and a new one at once': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    const filter = { not: { ids: ['item-0042'] } };
    expect(await named(index, 'item-0042', { filter })).toEqual([]);
    await writer.remove(['item-0042']);
    expect(await named(index, 'item-0042')).toEqual([]);
    await writer.upsert([row({ id: 'NEW' })]);
    expect(await named(index, 'new')).toEqual(['NEW']);
    await writer.upsert([row({ id: 'NEW', title: 'Umbrella' })]);
    expect(await named(index, 'new')).toEqual(['NEW']);
  },

  'takes no other words for those of an id, whether or not the filter leaves its item out': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, [...ROWS, row({ id: 'Scraf', title: 'Lamp' })]);
    const filter = { not: { ids: ['Scraf'] } };
    for (const query of [{}, { filter }]) {
      const { standIns } = await index.candidates({ words: 'scraf', probes: [], candidates: 5, ...query });
      expect(standIns).toEqual(new Map());
    }
    const { standIns } = await index.candidates({ words: 'red scraf', probes: [], candidates: 5 });
    expect(standIns).toEqual(new Map([['scraf', ['scarf']]]));
  },
};
