import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainPicture } from '../../inference/pictures.ts';
import { codesOf } from '../../support/front-door.ts';
import { firstByLooks, firstByWords, readItem, remove, upsert } from '../../support/item-writes.ts';
import { openPictureHost } from '../../support/picture-host.ts';
import type { PictureHost } from '../../support/picture-host.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let shop: Shop;
let host: PictureHost;
beforeAll(async () => {
  host = await openPictureHost({ '/pink.png': await plainPicture('#ff60c0'), '/page.png': Buffer.from('<html>') });
  shop = await openShop({ env: { MEDLEY_IMAGE_URLS: 'any' } });
  shop.said.push(host.url);
});
afterAll(async () => {
  await shop.close();
  await host.close();
});

describe('an item that is written', () => {
  it.each<[how: string, images: () => Promise<readonly object[]>, colour: string]>([
    ['a picture by URL', () => Promise.resolve([{ url: `${host.url}/pink.png` }]), '#ff60c0'],
    ['an uploaded picture', async () => [{ imageId: await shop.upload(await plainPicture('#00ffe0')) }], '#00ffe0'],
  ])('with %s is found by words and by looks when that is answered', async (how, images, colour) => {
    const id = how.replaceAll(' ', '-');
    const title = `Zanzibar ${id}`;
    expect(await upsert(shop, { id, title, images: await images() })).toEqual({ accepted: 1, rejected: [] });
    expect(await firstByWords(shop, title)).toBe(id);
    expect(await firstByLooks(shop, colour)).toBe(id);
  });

  it('without a picture is found by words, and an average look is assumed and said', async () => {
    expect(await upsert(shop, { id: 'bare', title: 'Quixotic teapot' })).toEqual({ accepted: 1, rejected: [] });
    expect(await firstByWords(shop, 'Quixotic')).toBe('bare');
    const imageId = await shop.upload(await plainPicture('#888888'));
    const { edges } = await shop.search({ text: 'Quixotic teapot', parts: [{ imageId }] });
    const bare = edges.find(({ itemId }) => itemId === 'bare');
    expect(bare?.explanation.signals.find(({ signal }) => signal === 'IMAGE')).toMatchObject({ imputed: true });
  });

  it('stands for itself: the good of one call are taken, each of the others is told why not', async () => {
    const { accepted, rejected } = await upsert(
      shop,
      { id: 'good', title: 'Good thing', price: { amount: 5, currency: 'EUR' } },
      { id: 'untitled', title: ' ' },
      { id: 'free', title: 'Free thing', price: { amount: -1, currency: 'EUR' } },
      { id: 'typed', title: 'Typed thing', attributes: { size: 'large' } },
      { id: 'both', title: 'Thing', images: [{ url: `${host.url}/pink.png`, imageId: 'a' }] },
      { id: 'unknown', title: 'Thing', images: [{ imageId: 'f'.repeat(32) }] },
      { id: 'missing', title: 'Thing', images: [{ url: `${host.url}/nothing.png` }] },
      { id: 'page', title: 'Thing', images: [{ url: `${host.url}/page.png` }] },
      { id: 'path', title: 'Thing', images: [{ url: '/pictures/corner/../../data/secret' }] },
      { id: 'file', title: 'Thing', images: [{ url: 'file:///etc/passwd' }] },
      { id: 'nul\0', title: 'Thing' },
    );
    expect(accepted).toBe(1);
    expect(rejected.map(({ id, code }) => [id, code]).toSorted()).toEqual([
      ['both', 'INVALID_ITEM'],
      ['file', 'IMAGE_UNREACHABLE'],
      ['free', 'INVALID_ITEM'],
      ['missing', 'IMAGE_UNREACHABLE'],
      ['nul\0', 'INVALID_ITEM'],
      ['page', 'IMAGE_UNREADABLE'],
      ['path', 'UNKNOWN_IMAGE'],
      ['typed', 'INVALID_ITEM'],
      ['unknown', 'UNKNOWN_IMAGE'],
      ['untitled', 'INVALID_ITEM'],
    ]);
    expect(rejected.find(({ id }) => id === 'typed')?.message).toContain('size');
    expect(await firstByWords(shop, 'Good thing')).toBe('good');
    expect(await readItem(shop, 'typed')).toBeNull();
  });

  it('is one item, when fifty write it at the same time', async () => {
    const written = await Promise.all(
      Array.from({ length: 50 }, (_, n) => upsert(shop, { id: 'rush', title: `Kaleidoscope ${String(n)}` })),
    );
    expect(written.every(({ accepted }) => accepted === 1)).toBe(true);
    const { edges, totalCount } = await shop.search({ text: 'Kaleidoscope', filter: { ids: ['rush'] } });
    expect(edges.map(({ itemId }) => itemId)).toEqual(['rush']);
    expect(totalCount).toEqual({ value: 1, relation: 'EXACT' });
    expect(edges[0]?.node?.title).toBe((await readItem(shop, 'rush'))?.title);
  });

  it('is the last of those that one call brings of one id', async () => {
    await upsert(shop, { id: 'twice', title: 'First of two' }, { id: 'twice', title: 'Second of two' });
    expect((await readItem(shop, 'twice'))?.title).toBe('Second of two');
  });

  it('is gone from searches, counts and its own page when its removal is answered', async () => {
    await upsert(shop, { id: 'short-lived', title: 'Ephemeral vase' });
    const before = (await shop.search({}, { first: 1 })).totalCount.value;
    expect(await remove(shop, 'short-lived', 'never-was')).toEqual({
      accepted: 1,
      rejected: [{ id: 'never-was', code: 'UNKNOWN_ITEM', message: 'No item has this id.' }],
    });
    expect(await readItem(shop, 'short-lived')).toBeNull();
    expect((await shop.search({}, { first: 1 })).totalCount.value).toBe(before - 1);
    const { edges } = await shop.search({ text: 'Ephemeral vase' });
    expect(edges.map(({ itemId }) => itemId)).not.toContain('short-lived');
  });

  it('is there after a restart, as is what was removed not', async () => {
    await upsert(shop, { id: 'lasting', title: 'Perpetual clock' });
    await remove(shop, 'i059');
    shop = await shop.reopen();
    shop.said.push(host.url);
    expect(await firstByWords(shop, 'Perpetual clock')).toBe('lasting');
    expect(await readItem(shop, 'i059')).toBeNull();
  });

  it('comes in batches of at most a thousand', async () => {
    const items = Array.from({ length: 1001 }, (_, n) => ({ id: `n${String(n)}`, title: 'Thing' }));
    const answer = await shop.ask('mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { accepted } }', {
      items,
    });
    expect([answer.status, ...codesOf(answer)]).toEqual([400, 'INVALID_INPUT']);
  });
});
