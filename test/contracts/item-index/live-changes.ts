import { expect } from '@jest/globals';
import { LONGEST_ID } from '../../../src/vocabulary/id.ts';
import { publish } from './promises.ts';
import type { OpenIndex, Promises } from './promises.ts';
import { row, shop } from './samples.ts';

const ROWS = shop(60);

async function found({ index }: OpenIndex, words: string): Promise<readonly string[]> {
  const { candidates } = await index.candidates({ words, probes: [], candidates: 100 });
  return candidates.map(({ id }) => id);
}

export const LIVE_CHANGES: Promises = {
  'finds an item as soon as its upsert is answered, and its old words no more': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    await writer.upsert([row({ id: 'new', title: 'Trombone' }, 500)]);
    expect(await found(opened, 'trombone')).toEqual(['new']);
    await writer.upsert([row({ id: 'new', title: 'Cornet' }, 501)]);
    expect(await found(opened, 'trombone')).toEqual([]);
    expect(await found(opened, 'cornet')).toEqual(['new']);
    expect((await index.items(['new']))[0]?.title).toBe('Cornet');
    expect((await index.vectors(['new']))[0]).toEqual(row({ id: 'new' }, 501).vectors);
    expect(index.head()?.items).toBe(61);
  },

  'reads an item as it is, however it was when it was read before': async ({ index, writer }) => {
    await publish(writer, ROWS);
    const readAgain = async () => {
      const { candidates, versions } = await index.candidates({ words: 'trombone', probes: [], candidates: 100 });
      const ids = candidates.map(({ id }) => id);
      const [items, fields] = [await index.items(ids, versions), await index.fields(ids, ['brand'], versions)];
      return items.map((item, at) => [item?.title, ...(fields[at]?.('brand') ?? [])]);
    };
    const page = async () => {
      const { ids, versions } = await index.browse({ filter: { ids: ['new'] }, limit: 5 });
      return (await index.items(ids, versions)).map((item) => item?.title);
    };
    for (const [title, brand] of [['Trombone'], ['Trombone again', 'Bach'], ['Trombone for good', 'King']] as const) {
      await writer.upsert([row({ id: 'new', title, brand })]);
      for (let time = 0; time < 2; time++) {
        expect(await readAgain()).toEqual([[title, ...(brand === undefined ? [] : [brand])]]);
        expect(await page()).toEqual([title]);
      }
    }
    await writer.remove(['new']);
    expect([await readAgain(), await page()]).toEqual([[], []]);
  },

  'finds a deleted item no more, and tells which were there': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    expect(await index.items(['item-0002'])).toHaveLength(1);
    expect(await writer.remove(['item-0002', 'nobody', 'item-0007'])).toEqual(['item-0002', 'item-0007']);
    expect(await writer.remove(['item-0002'])).toEqual([]);
    expect(await index.items(['item-0002', 'item-0007'])).toEqual([undefined, undefined]);
    expect(await found(opened, 'boots')).not.toContain('item-0002');
    expect(index.head()?.items).toBe(58);
    await writer.upsert([row({ id: 'item-0002', title: 'Boots again' })]);
    expect(await found(opened, 'again')).toEqual(['item-0002']);
  },

  'keeps one item of fifty upserts of one new id at once, the last': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    const fifty = Array.from({ length: 50 }, (_, at) => row({ id: 'one', title: `Trombone v${at}` }, at));
    await Promise.all(fifty.map((one) => writer.upsert([one])));
    const { candidates } = await index.candidates({ words: 'trombone', probes: [], candidates: 100 });
    expect(candidates).toHaveLength(1);
    expect(index.head()?.items).toBe(61);
    expect((await index.items(['one']))[0]?.title).toBe('Trombone v49');
  },

  'takes changes in the order in which they came, also within one breath': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    const outcomes = await Promise.all([
      writer.upsert([row({ id: 'a', title: 'first' })]),
      writer.remove(['a', 'item-0000']),
      writer.remove(['a']),
      writer.upsert([row({ id: 'b', title: 'second' }), row({ id: 'b', title: 'third' })]),
      writer.upsert([row({ id: 'item-0000', title: 'back' })]),
    ]);
    expect(outcomes).toEqual([[], ['a', 'item-0000'], [], [], []]);
    const items = await index.items(['a', 'b', 'item-0000']);
    expect(items.map((item) => item?.title)).toEqual([undefined, 'third', 'back']);
  },

  'takes the longest ids that there are, in whatever script': async ({ index, writer }) => {
    await publish(writer, ROWS);
    const id = 'ж'.repeat(LONGEST_ID / 2);
    await writer.upsert([row({ id, title: 'Trombone' })]);
    expect((await index.items([id]))[0]?.title).toBe('Trombone');
    expect(await writer.remove([id])).toEqual([id]);
  },

  'refuses one bad change without harm to those beside it': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    const bad = {
      ...row({ id: 'bad' }),
      vectors: { text: new Float32Array([Number.NaN]), bridged: null, looks: null },
    };
    const [good, refused] = await Promise.allSettled([writer.upsert([row({ id: 'good' })]), writer.upsert([bad])]);
    expect([good.status, refused.status]).toEqual(['fulfilled', 'rejected']);
    expect((await index.items(['good', 'bad'])).map((item) => item?.id)).toEqual(['good', undefined]);
  },

  'answers the same after compaction': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    await writer.upsert(shop(90).slice(60));
    await writer.remove(['item-0001', 'item-0061']);
    const ask = (): ReturnType<typeof index.candidates> =>
      index.candidates({ words: 'red dress number 3', probes: [], candidates: 100 });
    const before = await ask();
    await writer.compact();
    const after = await ask();
    expect(after.candidates.map(({ id }) => id)).toEqual(before.candidates.map(({ id }) => id));
    expect(await index.items(['item-0001', 'item-0062'])).toMatchObject([undefined, { id: 'item-0062' }]);
  },

  'answers searches while it is written to': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    const writing = new AbortController();
    const reads = (async () => {
      while (!writing.signal.aborted) expect((await found(opened, 'lamp')).length).toBeGreaterThan(8);
    })();
    for (let round = 0; round < 10; round++) {
      await writer.upsert([row({ id: `live-${round}`, title: 'lamp' })]);
      await writer.remove([`item-000${round}`]);
    }
    await writer.compact();
    writing.abort();
    await reads;
    expect(index.head()?.items).toBe(60);
  },
};
