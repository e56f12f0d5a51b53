import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askRollback } from '../../../subgraphs/retrieval/ask-index-door.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { writeCornerShop } from '../../support/corner-shop.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

describe('medley rollback beside a running server', () => {
  let shop: Shop;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-before-'));
    shop = await openShop({ items: 12 });
  });
  afterAll(async () => {
    await shop.close();
    await rm(folder, { recursive: true, force: true });
  });

  const items = async (): Promise<number> => (await shop.search({}, { first: 50 })).totalCount.value;

  it('says that there is nothing to go back to after the first publish', async () => {
    await expect(askRollback(shop.dataFolder)).rejects.toMatchObject({ code: 'NOT_READY' });
    expect(await items()).toBe(12);
  });

  it('serves the catalogue before, and the new one again when it is asked once more', async () => {
    const first = shop.medley.retrieval.index.head()?.id;
    await shop.medley.retrieval.indexing.run(await readCatalogue(await writeCornerShop(folder, 30)));
    expect(await items()).toBe(30);
    expect(await askRollback(shop.dataFolder)).toBe(first);
    expect(await items()).toBe(12);
    await askRollback(shop.dataFolder);
    expect(await items()).toBe(30);
  });

  it('goes on with the catalogue before after a restart', async () => {
    await askRollback(shop.dataFolder);
    shop = await shop.reopen();
    expect(await items()).toBe(12);
  });

  it('is nobody at the door where no server runs', async () => {
    expect(await askRollback(folder)).toBeUndefined();
  });
});
