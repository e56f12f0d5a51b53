import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { plainPicture } from '../../inference/pictures.ts';
import { codesOf } from '../../support/front-door.ts';
import { firstByLooks, firstByWords, readItem, remove, repriced, upsert } from '../../support/item-writes.ts';
import type { Written } from '../../support/item-writes.ts';
import { openPictureHost } from '../../support/picture-host.ts';
import type { PictureHost } from '../../support/picture-host.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const UPLOAD_TTL = 1000;

let shop: Shop;
let host: PictureHost;
beforeAll(async () => {
  host = await openPictureHost({ '/pink.png': await plainPicture('#ff60c0') });
  shop = await openShop({ env: { MEDLEY_IMAGE_URLS: 'any', MEDLEY_UPLOAD_TTL: String(UPLOAD_TTL) } });
  shop.said.push(host.url);
});
afterAll(async () => {
  await shop.close();
  await host.close();
});

describe('the picture of an item', () => {
  it('is kept when the item is written back as it was shown: found by the same look, with nothing encoded anew', async () => {
    const shown = await readItem(shop, 'i007');
    expect(shown?.images[0]?.url).toMatch(/^\/pictures\/corner\//);
    const looks = async () => (await shop.medley.retrieval.index.vectors(['i007']))[0]?.looks;
    const before = await looks();
    expect(await upsert(shop, repriced(shown))).toEqual({ accepted: 1, rejected: [] });
    expect(await looks()).toEqual(before);
    expect(await readItem(shop, 'i007')).toEqual({ ...shown, price: { amount: 1234, currency: 'EUR' } });
  });

  it('is not asked for again while its URL stays, so a new price needs no host of pictures', async () => {
    await upsert(shop, { id: 'remote', title: 'Remote lamp', images: [{ url: `${host.url}/pink.png` }] });
    const asked = host.asked;
    const shown = await readItem(shop, 'remote');
    expect(await upsert(shop, repriced(shown))).toEqual({ accepted: 1, rejected: [] });
    expect(host.asked).toBe(asked);
  });

  it('that was uploaded is served from then on, long after the upload was forgotten, and after a restart', async () => {
    const picture = await plainPicture('#00ff66');
    const imageId = await shop.upload(picture);
    await upsert(shop, { id: 'drawn', title: 'Drawn desk', images: [{ imageId, alt: 'a desk' }] });
    const [image] = (await readItem(shop, 'drawn'))?.images ?? [];
    expect(image?.alt).toBe('a desk');
    await sleep(UPLOAD_TTL + 200);
    const search = await shop.ask(
      'query ($id: ID!) { search(input: { parts: [{ imageId: $id }] }) { edges { itemId } } }',
      {
        id: imageId,
      },
    );
    expect(codesOf(search)).toEqual(['UNKNOWN_IMAGE']);
    shop = await shop.reopen();
    shop.said.push(host.url);
    const served = await fetch(new URL(image?.url ?? '', shop.url));
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(Buffer.from(await served.arrayBuffer())).toEqual(Buffer.from(picture));
    const shown = await readItem(shop, 'drawn');
    expect(await upsert(shop, repriced(shown))).toEqual({ accepted: 1, rejected: [] });
    expect(await firstByLooks(shop, '#00ff66')).toBe('drawn');
  });

  it('that no browser shows as it was uploaded is served in a form that all do', async () => {
    const imageId = await shop.upload(await plainPicture('#654321', { format: 'tiff' }));
    await upsert(shop, { id: 'scanned', title: 'Scanned print', images: [{ imageId }] });
    const url = (await readItem(shop, 'scanned'))?.images[0]?.url ?? '';
    const served = await fetch(new URL(url, shop.url));
    expect(served.headers.get('content-type')).toBe('image/webp');
    expect((await sharp(Buffer.from(await served.arrayBuffer())).metadata()).width).toBe(48);
  });

  it.each([`${'0'.repeat(32)}.png`, 'none.png', '..%2fnone.png', 'of/none.png'])(
    'that never was, ~kept/%s, is told and not remembered as missing',
    async (name) => {
      const { status, headers, text } = await shop.send(`/pictures/~kept/${name}`);
      expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
      expect(text).toContain('UNKNOWN_IMAGE');
      const { rejected } = await upsert(shop, { id: 'x', title: 'X', images: [{ url: `/pictures/~kept/${name}` }] });
      expect(rejected).toMatchObject([{ id: 'x', code: 'UNKNOWN_IMAGE' }]);
    },
  );

  it('in the folder of the catalogue is not sent again to who has it, unless another lies there', async () => {
    const folder = join(shop.folder, 'pictures');
    const ask = async (headers = {}) => {
      const reply = await fetch(new URL('/pictures/corner/mug-red.png', shop.url), { headers });
      return { status: reply.status, tag: reply.headers.get('etag'), bytes: (await reply.bytes()).length };
    };
    const first = await ask();
    expect(first.bytes).toBeGreaterThan(0);
    expect(await ask({ 'if-none-match': first.tag ?? '' })).toEqual({ status: 304, tag: first.tag, bytes: 0 });
    await copyFile(join(folder, 'mug-blue.png'), join(folder, 'mug-red.png'));
    expect((await ask({ 'if-none-match': first.tag ?? '' })).status).toBe(200);
  });

  it('can be taken away', async () => {
    await upsert(shop, { id: 'remote', title: 'Remote lamp', images: [] });
    expect((await readItem(shop, 'remote'))?.images).toEqual([]);
    expect((await shop.medley.retrieval.index.vectors(['remote']))[0]?.looks).toBeNull();
  });

  it('and its words are in the next catalogue, when the item is written while that is built', async () => {
    const catalogue = await readCatalogue(join(shop.folder, 'catalogue.json'));
    const imageId = await shop.upload(await plainPicture('#ff00ff'));
    const writes: Promise<Written>[] = [];
    await shop.medley.retrieval.indexing.run(catalogue, {
      onProgress: ({ phase, done }) => {
        if (phase !== 'fitting' || done > 0) return;
        writes.push(upsert(shop, { id: 'meanwhile', title: 'Xylophone of glass', images: [{ imageId }] }));
        writes.push(remove(shop, 'i003'));
      },
    });
    for (const { accepted } of await Promise.all(writes)) expect(accepted).toBe(1);
    expect(await firstByWords(shop, 'Xylophone')).toBe('meanwhile');
    expect(await firstByLooks(shop, '#ff00ff')).toBe('meanwhile');
    expect(await readItem(shop, 'i003')).toBeNull();
    expect((await readItem(shop, 'i007'))?.price?.amount).toBe(12);
  });
});
