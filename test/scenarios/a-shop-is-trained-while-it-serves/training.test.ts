import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { askToTrain } from '../../../subgraphs/retrieval/ask-index-door.ts';
import { describeReport } from '../../../subgraphs/retrieval/catalogue/build-report.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { TrainingWatch } from '../../../subgraphs/retrieval/indexing.ts';
import { writeFurnishedShop } from '../../support/furnished-shop.ts';
import { until } from '../../support/is-alive.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { wholeTextTowers } from '../../support/trained-towers.ts';

/** A training wants three hundred. */
const ITEMS = 360;

type Recipe = TrainingWatch['train'];

const makeTowers: Recipe = async (_, into) => {
  for (const [name, model] of Object.entries(wholeTextTowers())) await writeFile(join(into, name), model);
};

describe('a training while the shop serves', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ catalogue: (folder) => writeFurnishedShop(folder, ITEMS) });
  });
  afterAll(() => shop.close());

  const catalogue = () => readCatalogue(join(shop.folder, 'catalogue.json'));
  const train = async (recipe: Recipe, signal?: AbortSignal) =>
    askToTrain(shop.dataFolder, { training: 'item-vector', catalogue: await catalogue() }, { train: recipe, signal });
  const kept = () => readdir(join(shop.dataFolder, 'trained', 'corner')).catch(() => []);

  it('is run by whoever asks for it and kept by the shop, which answers searches meanwhile', async () => {
    let found = 0;
    const told = await train(async (input, into) => {
      found = (await shop.search({ text: 'red mug' })).edges.length;
      await makeTowers(input, into);
    });
    expect(told).toContain('Recall@10');
    expect(found).toBeGreaterThan(0);
    expect(await kept()).toEqual(['item-vector']);
    expect(describeReport(await shop.medley.retrieval.indexing.run(await catalogue()))).toContain(
      'Item vector, trained',
    );
  });

  it('that fails is told as it failed, and what was kept before stays', async () => {
    const failing: Recipe = () => Promise.reject(new MedleyError('INVALID_SETTING', 'There is no such Python.'));
    await expect(train(failing)).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: 'There is no such Python.',
    });
    expect(await kept()).toEqual(['item-vector']);
  });

  it('is the only one at a time, ends where whoever asked hangs up, and leaves nothing half made', async () => {
    const hangUp = new AbortController();
    const begun = Promise.withResolvers<undefined>();
    const endless: Recipe = (_, __, over) =>
      new Promise((_resolve, reject) => {
        over?.addEventListener('abort', () => {
          reject(new Error('interrupted'));
        });
        begun.resolve(undefined);
      });
    const first = train(endless, hangUp.signal);
    await begun.promise;
    await expect(train(makeTowers)).rejects.toMatchObject({ code: 'BUSY' });
    hangUp.abort();
    await expect(first).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await until(async () => (await kept()).join() === 'item-vector');
    expect(await train(makeTowers)).toContain('Recall@10');
  });
});
