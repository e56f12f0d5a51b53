import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { visitDemo } from '../../src/cli/demo.ts';
import type { Ask } from '../../src/cli/demo.ts';
import { addKey } from '../../src/gateway/access/key-file.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { openShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';

const LIKED = ['dress', 'shirt', 'bag', 'mug', 'sofa', 'rug', 'lamp', 'hat'];
const visiting = { log: createLogger('silent'), stopping: new AbortController().signal };

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ catalogue: writeShop, env: { HOST: '0.0.0.0' } });
  await mkdir(join(shop.dataFolder, 'demo'));
});
afterEach(() => shop.close());

/** A shop of the demo's name, with something that Iris likes. */
async function writeShop(folder: string): Promise<string> {
  const items = LIKED.map((kind) => ({ id: kind, title: `Teal ${kind}`, colour: 'teal', pattern: 'dots' }));
  await writeFile(join(folder, 'items.jsonl'), items.map((item) => JSON.stringify(item)).join('\n'));
  const catalogue = {
    name: 'demo',
    items: { file: 'items.jsonl' },
    fields: { id: 'id', title: 'title' },
    attributes: { colour: 'string', pattern: 'string' },
  };
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify(catalogue));
  return join(folder, 'catalogue.json');
}

let asked = 0;

/** Over HTTP, without a key; `most` requests are answered. */
function asking(most = Infinity): Ask {
  asked = 0;
  return async (query, variables = {}) => {
    if (asked++ >= most) throw new Error('the process was stopped');
    const reply = await shop.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = JSON.parse(reply.text) as { readonly data: unknown; readonly errors?: unknown };
    if (errors !== undefined) throw new Error(reply.text);
    return data;
  };
}

/** How many events are known of Iris. */
async function known(): Promise<number> {
  const key = await addKey(join(shop.dataFolder, 'keys.json'), { name: 'test', scopes: ['profile:read'] });
  const reopened = await shop.reopen();
  shop = reopened;
  const reply = await shop.send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ viewerProfile(userId: "demo-iris") { eventsUsed } }' }),
  });
  return (JSON.parse(reply.text) as { data: { viewerProfile: { eventsUsed: number } } }).data.viewerProfile.eventsUsed;
}

describe('the simulated viewers of the demo', () => {
  it('need no more rights than anybody has, and come once', async () => {
    await visitDemo(asking(), shop.dataFolder, visiting);
    await visitDemo(asking(), shop.dataFolder, visiting);
    expect(asked).toBeLessThan(2);
    expect(await known()).toBeGreaterThan(5);
  });

  it('make up for a visit that a stop cut off', async () => {
    await visitDemo(asking(6), shop.dataFolder, visiting);
    await visitDemo(asking(), shop.dataFolder, visiting);
    expect(await known()).toBeGreaterThan(5);
  });

  it('never come to a shop that is only called like the demo', async () => {
    await rm(join(shop.dataFolder, 'demo'), { recursive: true });
    await visitDemo(asking(), shop.dataFolder, visiting);
    expect(await known()).toBe(0);
  });
});
