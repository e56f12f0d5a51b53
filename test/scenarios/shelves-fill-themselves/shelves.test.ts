import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cornerItem, paint } from '../../support/corner-shop.ts';
import { upsert } from '../../support/item-writes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { event, recordEvents } from '../../support/viewer.ts';

const items = new Map(Array.from({ length: 60 }, (_, n) => [cornerItem(n).id, cornerItem(n)] as const));

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

interface Shelf {
  readonly kind: string;
  readonly fallback: string | null;
  readonly reason: string;
  readonly items: readonly { readonly itemId: string; readonly score: number }[];
}

async function shelves(input: object): Promise<readonly Shelf[]> {
  const { data, errors } = await shop.ask<{ recommendations: readonly Shelf[] }>(
    'query ($input: RecommendationsInput!) { recommendations(input: $input) { kind fallback reason items { itemId score } } }',
    { input },
  );
  expect(errors).toEqual([]);
  return data.recommendations;
}

const idsOf = (shelf: Shelf | undefined): readonly string[] => shelf?.items.map(({ itemId }) => itemId) ?? [];
const ALL = ['FOR_YOU', 'TRENDING', 'BOUGHT_TOGETHER', 'RECENTLY_VIEWED'].map((kind) => ({ kind, first: 6 }));

describe('the shelves of an unknown viewer', () => {
  it('are filled by what is popular, and each says so', async () => {
    const all = await shelves({ shelves: ALL, userId: 'stranger' });
    expect(all.map(({ kind, fallback }) => [kind, fallback])).toEqual([
      ['FOR_YOU', 'POPULAR'],
      ['TRENDING', 'POPULAR'],
      ['BOUGHT_TOGETHER', 'POPULAR'],
      ['RECENTLY_VIEWED', 'POPULAR'],
    ]);
    for (const shelf of all) {
      expect(shelf.items).toHaveLength(6);
      expect(shelf.reason).toMatch(/popular/i);
    }
    expect(idsOf(all[0])).toEqual(['i000', 'i001', 'i002', 'i003', 'i004', 'i005']);
  });

  it('show no item twice', async () => {
    const ids = (await shelves({ shelves: [...ALL, ...ALL], userId: 'stranger' })).flatMap(idsOf);
    expect(ids).toHaveLength(48);
    expect(new Set(ids).size).toBe(48);
  });

  it('keep to a filter, and leave out what the viewer looks at', async () => {
    const filter = { field: 'brand', in: ['Kappel'] };
    const all = await shelves({ shelves: ALL, filter, context: ['i000', 'i003'] });
    const ids = all.flatMap(idsOf);
    expect(ids.every((id) => items.get(id)?.['brand'] === 'Kappel')).toBe(true);
    expect(ids).not.toContain('i000');
  });

  it('that look at an item are similar to it where nobody has bought it yet', async () => {
    const [together] = await shelves({ shelves: [{ kind: 'BOUGHT_TOGETHER', first: 4 }], context: ['i000'] });
    expect(together?.fallback).toBe('SIMILAR');
    expect(idsOf(together).some((id) => items.get(id)?.colour === 'red')).toBe(true);
  });
});

describe('the shelves of a known viewer', () => {
  beforeAll(async () => {
    const buy = (userId: string, itemId: string, minutes = 0) =>
      event(`${userId} buys ${itemId}`, { userId, itemId, action: 'PURCHASE' }, minutes);
    await recordEvents(
      shop,
      buy('ann', 'i020'),
      buy('ann', 'i021'),
      buy('bob', 'i020'),
      buy('bob', 'i022'),
      buy('cat', 'i021'),
    );
    const reds = [...items.values()].filter(({ colour }) => colour === 'red').map(({ id }) => id);
    await recordEvents(
      shop,
      ...reds.slice(0, 6).map((itemId, i) => event(`red ${itemId}`, { userId: 'red-lover', itemId }, 60 - i)),
    );
  });

  it('show what others buy now, and what they buy together with what is looked at', async () => {
    const [together, trending] = await shelves({
      shelves: [{ kind: 'BOUGHT_TOGETHER' }, { kind: 'TRENDING', first: 2 }],
      userId: 'dan',
      context: ['i020'],
    });
    expect(together).toMatchObject({ kind: 'BOUGHT_TOGETHER', fallback: null });
    expect(idsOf(together).toSorted()).toEqual(['i021', 'i022']);
    expect(trending).toMatchObject({ kind: 'TRENDING', fallback: null });
    const [alone] = await shelves({ shelves: [{ kind: 'TRENDING', first: 3 }] });
    expect(idsOf(alone).toSorted()).toEqual(['i020', 'i021', 'i022']);
  });

  it('show what was looked at last, newest first', async () => {
    const [recent] = await shelves({ shelves: [{ kind: 'RECENTLY_VIEWED', first: 3 }], userId: 'red-lover' });
    expect(recent).toMatchObject({ kind: 'RECENTLY_VIEWED', fallback: null });
    const reds = [...items.values()].filter(({ colour }) => colour === 'red').map(({ id }) => id);
    expect(idsOf(recent)).toEqual([reds[5], reds[4], reds[3]]);
  });

  it('leave to a later shelf what it is for, though it would stand in on an earlier one', async () => {
    await recordEvents(shop, event('eve views i006', { userId: 'eve', itemId: 'i006' }));
    const all = await shelves({
      shelves: [
        { kind: 'BOUGHT_TOGETHER', first: 50 },
        { kind: 'RECENTLY_VIEWED', first: 10 },
      ],
      userId: 'eve',
      context: ['i000'],
    });
    expect(all.map(({ fallback }) => fallback)).toEqual(['SIMILAR', null]);
    expect(idsOf(all[1])).toEqual(['i006']);
  });

  it('show what is to the viewer’s taste and was not seen yet', async () => {
    const [forYou] = await shelves({ shelves: [{ kind: 'FOR_YOU', first: 4 }], userId: 'red-lover' });
    expect(forYou).toMatchObject({ kind: 'FOR_YOU', fallback: null });
    expect(idsOf(forYou).filter((id) => items.get(id)?.colour === 'red').length).toBeGreaterThanOrEqual(2);
  });

  it('show no item twice, whoever the viewer is', async () => {
    const ids = (await shelves({ shelves: [...ALL].reverse(), userId: 'red-lover', context: ['i020'] })).flatMap(idsOf);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('show an item that came a moment ago, with no event of anybody, to a viewer of matching taste', async () => {
    const imageId = await shop.upload(await paint('mug', 'red'));
    await upsert(shop, { id: 'newcomer', title: 'Fjord red mug', images: [{ imageId }] });
    const [forYou] = await shelves({ shelves: [{ kind: 'FOR_YOU', first: 12 }], userId: 'red-lover' });
    expect(idsOf(forYou)).toContain('newcomer');
    const [other] = await shelves({ shelves: [{ kind: 'FOR_YOU', first: 12 }], userId: 'stranger' });
    expect(idsOf(other)).not.toContain('newcomer');
  });
});
