import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paint } from '../../support/corner-shop.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const SHOP = 'https://shop.example';
const SEARCH = JSON.stringify({ query: '{ search(input: { text: "mug" }) { totalCount { value } } }' });
const JSON_TYPE = { 'content-type': 'application/json' };

/** What a browser asks before it lets a page of another origin send JSON or a key. */
const before = (origin: string) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  },
});

describe('a page of an origin that may ask', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { MEDLEY_ALLOWED_ORIGINS: `${SHOP}, https://app.example:8443` } });
  });
  afterAll(() => shop.close());

  it.each(['/graphql', '/images'])('is told beforehand that it may ask %s, with a key', async (path) => {
    const { status, headers } = await shop.send(path, before(SHOP));
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('may read answers and errors, and the id of its request', async () => {
    const picture = {
      headers: { origin: SHOP, 'content-type': 'image/png' },
      body: new Uint8Array(await paint('mug', 'red')),
    };
    for (const [path, init, status] of [
      ['/graphql', { headers: { origin: SHOP, ...JSON_TYPE }, body: SEARCH }, 200],
      ['/graphql', { headers: { origin: 'https://app.example:8443', ...JSON_TYPE }, body: '{' }, 400],
      ['/images', picture, 201],
    ] as const) {
      const reply = await shop.send(path, { method: 'POST', ...init });
      expect([path, reply.status]).toEqual([path, status]);
      expect(reply.headers.get('access-control-allow-origin')).toBe(init.headers.origin);
      expect(reply.headers.get('access-control-expose-headers')).toContain('x-request-id');
      expect(reply.headers.get('vary')).toContain('Origin');
    }
  });

  it('may no more than anybody, though it is in a browser of the machine that everything is open to', async () => {
    const body = JSON.stringify({ query: 'mutation { deleteItems(ids: ["i001"]) { accepted } }' });
    const { text } = await shop.send('/graphql', { method: 'POST', headers: { origin: SHOP, ...JSON_TYPE }, body });
    expect(text).toContain('UNAUTHENTICATED');
    const own = { origin: new URL(shop.url).origin, ...JSON_TYPE };
    expect((await shop.send('/graphql', { method: 'POST', headers: own, body })).text).toContain('"accepted":1');
  });

  it('is of one of these: a browser hands no other page an answer', async () => {
    for (const origin of ['https://other.example', `${SHOP}.other.example`, 'null']) {
      const { headers } = await shop.send('/graphql', before(origin));
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('pages of other origins', () => {
  it('may ask, whichever they are, where any may', async () => {
    const shop = await openShop({ items: 0, env: { MEDLEY_ALLOWED_ORIGINS: '*' } });
    const { status, headers } = await shop.send('/graphql', before('https://anybody.example'));
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    await shop.close();
  });

  it('may not ask where nothing says so', async () => {
    const shop = await openShop({ items: 0 });
    const { status, headers } = await shop.send('/graphql', before(SHOP));
    expect([status, headers.get('access-control-allow-origin')]).toEqual([405, null]);
    await shop.close();
  });

  it('are named by origins alone, and what is none is told', async () => {
    for (const origins of ['shop.example', `${SHOP}/`, `${SHOP}, `, 'https://Shop.example'])
      await expect(openShop({ items: 0, env: { MEDLEY_ALLOWED_ORIGINS: origins } })).rejects.toThrow(
        /MEDLEY_ALLOWED_ORIGINS: expected an origin such as https:\/\/shop.example/,
      );
  });
});
