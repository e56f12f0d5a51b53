import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BuildReport } from '../../../subgraphs/retrieval/catalogue/build-report.ts';
import { describeReport } from '../../../subgraphs/retrieval/catalogue/build-report.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { writeFurnishedShop } from '../../support/furnished-shop.ts';
import { lostIn } from '../../support/front-door.ts';
import type { Found } from '../../support/front-door.ts';
import { upsert } from '../../support/item-writes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { keepWholeTextVector } from '../../support/trained-towers.ts';
import { event, recordEvents } from '../../support/viewer.ts';

const PROFILES = [
  {
    key: 'default',
    version: 1,
    signals: { LEXICAL: { prior: 0.3 }, TEXT: { prior: 0.3 }, IMAGE: { prior: 0.1 }, ITEM: { prior: 0.3 } },
  },
];

describe('an item vector that was trained for the catalogue', () => {
  let shop: Shop;
  beforeAll(async () => {
    const profiles = join(await mkdtemp(join(tmpdir(), 'medley-profiles-')), 'profiles.json');
    await writeFile(profiles, JSON.stringify(PROFILES));
    shop = await openShop({ env: { MEDLEY_RANKING_PROFILES: profiles }, catalogue: writeFurnishedShop });
  });
  afterAll(() => shop.close());

  const index = async (): Promise<BuildReport> =>
    shop.medley.retrieval.indexing.run(await readCatalogue(join(shop.folder, 'catalogue.json')));
  const signalsOf = ({ ranking }: Found) => ranking.weights.map(({ signal }) => signal);

  it('is missed by nobody where none was trained: its weight goes to the other signals', async () => {
    const found = await shop.search({ text: 'red mug' });
    expect(signalsOf(found)).not.toContain('ITEM');
    expect(lostIn(found)).toEqual([]);
    expect(found.ranking.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 5);
  });

  it('is taken at the next build, which says how good it is, and takes part in every search by words', async () => {
    await keepWholeTextVector(shop);
    const report = await index();
    expect(describeReport(report)).toMatch(/Item vector, trained on 60 items, for words alone: words Recall@10/);
    const found = await shop.search({ text: 'red mug' });
    expect(signalsOf(found)).toContain('ITEM');
    const [first] = found.edges;
    const item = first?.explanation.signals.find(({ signal }) => signal === 'ITEM');
    expect(item?.imputed).toBe(false);
    expect(item?.normalized).toBeGreaterThan(0.5);
  });

  it('ranks alone where a client asks for nothing else', async () => {
    const found = await shop.search({ text: 'red mug', weights: { item: 1 } }, { first: 3 });
    expect(found.ranking.weights).toEqual([{ signal: 'ITEM', weight: 1 }]);
    expect(found.edges[0]?.node?.title).toContain('red mug');
  });

  it('is no loss to a photo, for which it was not good enough', async () => {
    const url = (await shop.search({ text: 'red mug' })).edges[0]?.node?.images[0]?.url ?? '';
    const { text: _, ...reply } = await shop.send(url);
    expect(reply.status).toBe(200);
    const imageId = await shop.upload(await readFile(join(shop.folder, 'pictures', 'mug-red.png')));
    const found = await shop.search({ parts: [{ imageId }] });
    expect(signalsOf(found)).not.toContain('ITEM');
    expect(lostIn(found)).toEqual([]);
  });

  it('compares items with items', async () => {
    const { data } = await shop.ask<{ similarItems: Found }>(
      '{ similarItems(input: { like: [{ id: "i000" }] }) { ranking { weights { signal weight } } } }',
    );
    expect(signalsOf(data.similarItems)).toEqual(['TEXT', 'IMAGE', 'ITEM']);
  });

  it('recommends to a viewer what is like what the viewer chose', async () => {
    await recordEvents(shop, event('e1', { clientId: 'c1', itemId: 'i000' }));
    const { data } = await shop.ask<{ recommendations: readonly { readonly items: Found['edges'] }[] }>(
      `{ recommendations(input: { clientId: "c1", shelves: [{ kind: FOR_YOU, first: 1 }] }) {
        items { itemId explanation { signals { signal imputed } } }
      } }`,
    );
    const [first] = data.recommendations[0]?.items ?? [];
    expect(first?.explanation.signals).toContainEqual({ signal: 'ITEM', imputed: false });
  });

  it('is made for an item that is written while the shop is open', async () => {
    await upsert(shop, { id: 'new', title: 'Zephyr', description: 'A crimson samovar.' });
    const found = await shop.search({ text: 'crimson samovar', weights: { item: 1 } }, { first: 1 });
    expect(found.edges[0]).toMatchObject({ itemId: 'new' });
    expect(found.edges[0]?.explanation.signals).toMatchObject([{ signal: 'ITEM', imputed: false }]);
  });

  it('is there after a restart', async () => {
    shop = await shop.reopen();
    expect(signalsOf(await shop.search({ text: 'red mug' }))).toContain('ITEM');
  });

  it('goes with its generation: the one before knows nothing of it and serves as it did', async () => {
    await shop.medley.retrieval.indexing.rollback();
    const found = await shop.search({ text: 'red mug' });
    expect(signalsOf(found)).not.toContain('ITEM');
    expect(lostIn(found)).toEqual([]);
  });

  it('is refused, and the shop serves on, where its files are not those that were kept', async () => {
    const file = join(shop.dataFolder, 'trained', 'corner', 'item-vector', 'item.onnx');
    await writeFile(file, (await readFile(file)).subarray(1));
    await expect(index()).rejects.toMatchObject({ code: 'INVALID_CATALOGUE' });
    expect((await shop.search({ text: 'red mug' })).edges.length).toBeGreaterThan(0);
  });
});
