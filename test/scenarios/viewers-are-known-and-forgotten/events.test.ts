import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codesOf } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { event, readProfile, recordEvents } from '../../support/viewer.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const DAY = 24 * 60;

describe('events', () => {
  it('count once, however often they are sent', async () => {
    const click = event('e1', { userId: 'ann', itemId: 'i001' });
    expect(await recordEvents(shop, click)).toEqual({ accepted: 1, rejected: [] });
    expect(await recordEvents(shop, click, click)).toEqual({ accepted: 2, rejected: [] });
    const { eventsUsed, recentlyViewed } = await readProfile(shop, { userId: 'ann' });
    expect([eventsUsed, recentlyViewed]).toEqual([1, ['i001']]);
  });

  it('stand for themselves: the good of one call are kept, each of the others is told why not', async () => {
    const { accepted, rejected } = await recordEvents(
      shop,
      event('b0', { userId: 'bea', itemId: 'i002' }),
      event('b1', { itemId: 'i002' }),
      event('b2', { userId: 'bea', itemId: ' ' }),
      event('b3', { userId: 'bea', itemId: 'i002', occurredAt: 'yesterday' }),
      event('b4', { userId: 'bea', itemId: 'i002' }, -DAY),
      event('b5', { userId: 'bea', itemId: 'i002' }, 800 * DAY),
      event('b6', { userId: 'bea', itemId: 'i002', position: 0 }),
      event('b\0', { userId: 'bea', itemId: 'i002' }),
      event('b8', { userId: 'b'.repeat(2000), itemId: 'i002' }),
      event('b9', { userId: 'bea', itemId: 'never-was', action: 'PURCHASE' }),
    );
    expect(accepted).toBe(2);
    expect(rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(rejected.map(({ code }) => code))).toEqual(new Set(['INVALID_EVENT']));
    expect(rejected[0]?.message).toMatch(/viewer/);
    expect((await readProfile(shop, { userId: 'bea' })).eventsUsed).toBe(2);
  });

  it('with an action that is none are refused with its name', async () => {
    const answer = await shop.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted } }', {
      events: [event('x', { userId: 'cat', itemId: 'i001', action: 'STARE' })],
    });
    expect([answer.status, ...codesOf(answer)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(answer.errors[0]?.message).toContain('STARE');
  });

  it('of a browser are the user’s as soon as it names one', async () => {
    await recordEvents(shop, event('d1', { clientId: 'phone', itemId: 'i004' }, 5));
    expect((await readProfile(shop, { userId: 'dan' })).eventsUsed).toBe(0);
    await recordEvents(shop, event('d2', { clientId: 'phone', userId: 'dan', itemId: 'i005' }));
    expect((await readProfile(shop, { userId: 'dan' })).recentlyViewed).toEqual(['i005', 'i004']);
    expect((await readProfile(shop, { clientId: 'phone' })).recentlyViewed).toEqual(['i005', 'i004']);
  });

  it('and profiles are there after a restart', async () => {
    await recordEvents(shop, event('f1', { userId: 'fay', itemId: 'i006' }));
    shop = await shop.reopen();
    expect((await readProfile(shop, { userId: 'fay' })).recentlyViewed).toEqual(['i006']);
  });
});

describe('a profile', () => {
  it('of nobody cannot be asked for, nor of an id that is none', async () => {
    const nobody = await shop.ask('{ viewerProfile { eventsUsed } }');
    expect([nobody.status, ...codesOf(nobody)]).toEqual([400, 'INVALID_INPUT']);
    const wrong = await shop.ask('query ($id: ID!) { viewerProfile(userId: $id) { eventsUsed } }', { id: 'a\0' });
    expect([wrong.status, ...codesOf(wrong)]).toEqual([400, 'INVALID_INPUT']);
    const erased = await shop.ask('mutation ($id: ID!) { eraseProfile(userId: $id) }', { id: 'a\0' });
    expect([erased.status, ...codesOf(erased)]).toEqual([400, 'INVALID_INPUT']);
  });

  it('that is erased is that of an unknown viewer, with its events and what it asked, also after a restart', async () => {
    const unknown = await readProfile(shop, { userId: 'nobody-was-ever-here' });
    const phone = await shop.search({ text: 'mug', clientId: 'tablet' });
    const search = await shop.search({ text: 'mug', userId: 'eve' }, { first: 2 });
    const other = await shop.search({ text: 'mug', userId: 'other' }, { first: 2 });
    await recordEvents(
      shop,
      event('v1', { userId: 'eve', clientId: 'tablet', queryId: search.id, itemId: search.edges[1]?.itemId }),
      event('v2', { clientId: 'tablet', queryId: phone.id, itemId: phone.edges[1]?.itemId }),
    );
    expect((await readProfile(shop, { userId: 'eve' })).eventsUsed).toBe(2);
    expect((await shop.medley.retrieval.windows.logged(phone.id))?.queryId).toBe(phone.id);
    const { data } = await shop.ask<{ eraseProfile: boolean }>('mutation { eraseProfile(userId: "eve") }');
    expect(data.eraseProfile).toBe(true);

    const { windows } = shop.medley.retrieval;
    expect(await windows.logged(search.id)).toBeUndefined();
    expect(await windows.logged(phone.id)).toBeUndefined();
    expect(await windows.logged(other.id)).toBeDefined();
    expect(await readProfile(shop, { userId: 'eve' })).toEqual(unknown);
    expect(await readProfile(shop, { clientId: 'tablet' })).toEqual(unknown);
    shop = await shop.reopen();
    expect(await readProfile(shop, { userId: 'eve' })).toEqual(unknown);
    expect(await shop.medley.retrieval.windows.logged(search.id)).toBeUndefined();
    const again = await shop.ask<{ eraseProfile: boolean }>('mutation { eraseProfile(userId: "eve") }');
    expect(again.data.eraseProfile).toBe(false);
  });

  it('of a viewer who only searched is erased, too', async () => {
    const search = await shop.search({ text: 'mug', clientId: 'kiosk' });
    const { data } = await shop.ask<{ eraseProfile: boolean }>('mutation { eraseProfile(clientId: "kiosk") }');
    expect(data.eraseProfile).toBe(true);
    expect(await shop.medley.retrieval.windows.logged(search.id)).toBeUndefined();
  });
});
