import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Transport } from '../../../src/gateway/subgraph-client/transport.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

/** What each subgraph was asked, and when the query was being encoded. */
let asked: string[] = [];
let encoding = Promise.withResolvers<undefined>();
let encoded = Promise.withResolvers<undefined>();
const counted = (name: string, transport: Transport): Transport => ({
  ...transport,
  send: async (request, deadline) => {
    asked.push(name);
    if (name === 'query-embedding') {
      encoding.resolve(undefined);
      await encoded.promise;
    }
    return transport.send(request, deadline);
  },
});

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ between: counted });
});
afterAll(() => shop.close());
beforeEach(() => {
  asked = [];
  encoding = Promise.withResolvers();
  encoded = Promise.withResolvers();
});

const post = (query: string, signal?: AbortSignal): Promise<Response> =>
  fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal,
  });

/** Whatever was asked before has been done, or dropped, when something asked after it is answered. */
async function settled(): Promise<void> {
  for (let i = 0; i < 3; i++) await (await post('{ catalogue { name } }')).text();
}

describe('a search that its asker has taken back', () => {
  it('is not ranked: it would be for nobody', async () => {
    const stop = new AbortController();
    const answer = post('{ search(input: { text: "mug" }) { totalCount { value } } }', stop.signal);
    await encoding.promise;
    stop.abort();
    await expect(answer).rejects.toThrow(/abort/i);
    await settled();
    encoded.resolve(undefined);
    await settled();
    expect(asked.filter((name) => name === 'retrieval')).toHaveLength(6);
  });

  it('is ranked for who waits for it', async () => {
    encoded.resolve(undefined);
    expect((await post('{ search(input: { text: "mug" }) { totalCount { value } } }')).status).toBe(200);
    expect(asked).toContain('retrieval');
  });
});
