import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { addKey, removeKey } from '../../../src/gateway/access/key-file.ts';
import type { ApiKey } from '../../../src/gateway/access/api-key.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { until } from '../../support/is-alive.ts';

const DELETE = 'mutation { deleteItems(ids: ["i001"]) { accepted } }';
const SEARCH = '{ search(input: { text: "mug" }, first: 1) { nodes { id } } }';
const PROFILE = '{ viewerProfile(clientId: "c") { eventsUsed } }';
const GUARDED = [
  ['upsertItems', 'mutation { upsertItems(items: [{ id: "n1", title: "Teapot" }]) { accepted } }', 'catalogue:write'],
  ['deleteItems', DELETE, 'catalogue:write'],
  ['eraseProfile', 'mutation { eraseProfile(clientId: "c") }', 'profile:erase'],
  ['viewerProfile', PROFILE, 'profile:read'],
] as const;

let shop: Shop;
afterEach(() => shop.close());

/** What came of one request, with a key or without. */
interface Outcome {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  readonly headers: Headers;
}

async function ask(query: string, key?: string, more: object = {}): Promise<Outcome> {
  const headers = { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) };
  const reply = await shop.send('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, ...more }) });
  const { errors = [] } = JSON.parse(reply.text) as {
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
  const [first] = errors;
  return { status: reply.status, code: first?.extensions.code, message: first?.message, headers: reply.headers };
}

const file = (): string => join(shop.dataFolder, 'keys.json');

/** Makes a key and waits until the gateway knows of it. */
async function keyFor(key: Pick<ApiKey, 'name'> & Partial<ApiKey>): Promise<string> {
  const made = await addKey(file(), { scopes: [], ...key });
  await until(
    async () => (await ask('{ catalogue { name } }', made)).status === 200 && (await ask(PROFILE)).status === 401,
  );
  return made;
}

describe('without keys', () => {
  it('everything may be done where only this machine can call', async () => {
    shop = await openShop({ items: 12 });
    expect((await ask(DELETE)).status).toBe(200);
  });

  it('what is guarded is refused to whom a proxy on this machine asks for', async () => {
    shop = await openShop({ items: 12 });
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' };
    for (const [, query] of GUARDED) {
      const reply = await shop.send('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
      expect(reply.status).toBe(401);
    }
  });

  it.each(['0.0.0.0', '::', '10.1.2.3'])('what is guarded is refused where others can call (HOST=%s)', async (HOST) => {
    shop = await openShop({ items: 12, env: { HOST } });
    for (const [, query] of GUARDED) expect(await ask(query)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect((await ask(SEARCH)).status).toBe(200);
    expect((await shop.search({ text: 'mug' })).totalCount.value).toBeGreaterThan(0);
  });
});

describe('with keys', () => {
  it('each guarded field wants its own scope, and says which', async () => {
    shop = await openShop({ items: 12 });
    const partner = await keyFor({ name: 'partner' });
    for (const [field, query, scope] of GUARDED) {
      const stranger = await ask(query);
      expect(stranger).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(stranger.message).toContain(`${field} needs an API key with the scope ${scope}`);
      expect(stranger.headers.get('www-authenticate')).toBe('Bearer');
      const message = `The key "partner" lacks the scope ${scope}, which ${field} needs. Ask the operator for a key that has it.`;
      expect(await ask(query, partner)).toMatchObject({ status: 403, code: 'FORBIDDEN', message });
      const allowed = await keyFor({ name: `for ${field}`, scopes: [scope] });
      expect((await ask(query, allowed)).status).toBe(200);
    }
  });

  it('searches and events need none, but a key that is not known is refused', async () => {
    shop = await openShop({ items: 12 });
    await keyFor({ name: 'erp' });
    expect((await ask(SEARCH)).status).toBe(200);
    const occurredAt = new Date().toISOString();
    const event = `{ id: "e1", action: VIEW, itemId: "i001", clientId: "c", occurredAt: "${occurredAt}" }`;
    const events = `mutation { recordEvents(events: [${event}]) { accepted } }`;
    expect((await ask(events)).status).toBe(200);
    expect(await ask(SEARCH, 'medley_nobody')).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('no alias, fragment or second operation gets past them', async () => {
    shop = await openShop({ items: 12 });
    await keyFor({ name: 'erp' });
    for (const query of [
      'mutation { harmless: deleteItems(ids: ["i001"]) { accepted } }',
      'mutation { ...F } fragment F on Mutation { deleteItems(ids: ["i001"]) { accepted } }',
      'mutation { ... on Mutation @include(if: true) { deleteItems(ids: ["i001"]) { accepted } } }',
    ])
      expect(await ask(query)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    const two = `query Find ${SEARCH} mutation Drop { deleteItems(ids: ["i001"]) { accepted } }`;
    expect((await ask(two, undefined, { operationName: 'Find' })).status).toBe(200);
    expect((await ask(two, undefined, { operationName: 'Drop' })).status).toBe(401);
    expect((await shop.ask('{ item(id: "i001") { id } }')).data).toEqual({ item: { id: 'i001' } });
  });

  it('a key that is withdrawn is soon refused, and a file that cannot be read changes nothing', async () => {
    shop = await openShop({ items: 12 });
    const key = await keyFor({ name: 'erp', scopes: ['catalogue:write'] });
    const other = await keyFor({ name: 'other' });
    await removeKey(file(), 'erp');
    await until(async () => (await ask(DELETE, key)).status === 401);
    await writeFile(file(), '{ "keys": [');
    expect((await ask(SEARCH, other)).status).toBe(200);
    expect((await ask(DELETE)).status).toBe(401);
  });

  it('a quota is told with the time to wait, uploads count, and other callers go on', async () => {
    shop = await openShop({ items: 12 });
    const made = await addKey(file(), { name: 'partner', scopes: [], requestsPerMinute: 3 });
    await until(async () => (await ask(PROFILE)).status === 401);
    const headers = { authorization: `Bearer ${made}`, 'content-type': 'image/png' };
    await shop.send('/images', { method: 'POST', headers, body: 'no picture' });
    expect((await ask(SEARCH, made)).status).toBe(200);
    expect((await ask(SEARCH, made)).status).toBe(200);
    const refused = await ask(SEARCH, made);
    expect(refused).toMatchObject({ status: 429, code: 'QUOTA_EXCEEDED' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(SEARCH)).status).toBe(200);
  });
});

describe('a gateway', () => {
  it('does not start on a file of keys that is wrong', async () => {
    shop = await openShop({ items: 0 });
    await writeFile(file(), '{ "keys": [{ "name": "erp", "key": "in the open" }] }');
    await expect(shop.reopen()).rejects.toMatchObject({ code: 'INVALID_SETTING' });
    await writeFile(file(), '{ "keys": [] }');
    shop = await shop.reopen().catch(() => shop);
  });
});
