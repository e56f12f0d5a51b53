import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openMetrics } from '../../src/runtime/metrics.ts';
import { openShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';

let shop: Shop;
let metrics: NonNullable<Awaited<ReturnType<typeof openMetrics>>>;
beforeAll(async () => {
  shop = await openShop({ items: 12 });
  const opened = await openMetrics({ HOST: '127.0.0.1', MEDLEY_METRICS_PORT: 0 });
  if (!opened) throw new Error('no metrics');
  metrics = opened;
});
afterAll(async () => {
  await metrics.close();
  await shop.close();
});

/** What is counted now: the values by name and labels. */
async function counted(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(new URL('/metrics', metrics.url))).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

describe('the metrics of a process', () => {
  it('count requests by the name of the operation and what came of them', async () => {
    await shop.search({ text: 'red mug' });
    await shop.ask('query Wrong { search(input: { text: "red mug" }, first: -1) { id } }');
    const now = await counted();
    expect(now.get('medley_request_seconds_count{operation="Search",outcome="OK"}')).toBe(1);
    expect(now.get('medley_request_seconds_count{operation="Wrong",outcome="INVALID_INPUT"}')).toBe(1);
  });

  it.each([
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($id: ID!) { item(id: $id) { id } }', 'BAD_USER_INPUT'],
    ['query One { __typename } query Two { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
  ])('count %s by the code that its sender was told', async (document, code) => {
    expect(await shop.ask(document)).toMatchObject({ errors: [{ extensions: { code } }] });
    expect((await counted()).get(`medley_request_seconds_count{operation="unnamed",outcome="${code}"}`)).toBe(1);
  });

  it('count what comes to an error beside GraphQL by address and code, so that lost uploads can raise an alarm', async () => {
    const headers = { 'content-type': 'image/png' };
    await shop.send('/images', { method: 'POST', headers, body: 'no picture' });
    await shop.send('/pictures/secretword/1.png');
    const now = await counted();
    expect(now.get('medley_refusals_total{address="/images",code="IMAGE_UNREADABLE"}')).toBe(1);
    expect(now.get('medley_refusals_total{address="/pictures/:catalogue/*",code="UNKNOWN_IMAGE"}')).toBe(1);
    expect([...now.keys()].join()).not.toContain('secretword');
  });

  it('tell how many items serve, how long subgraphs took, and what answers had to do without', async () => {
    await shop.search({ text: 'red mug' });
    const now = await counted();
    expect(now.get('medley_index_items')).toBe(12);
    expect(now.get('medley_subgraph_seconds_count{subgraph="retrieval",outcome="answered"}')).toBeGreaterThan(0);
    expect(now.get('medley_degradations_total{code="ROUTE_MISSING"}')).toBeGreaterThan(0);
    expect(now.get('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('tell so many names of operations apart, and hold nothing else that a client sent', async () => {
    for (let n = 0; n < 120; n++)
      await shop.ask(`query Name${String(n)} { search(input: { text: "secretword" }) { id } }`);
    const names = [...(await counted()).keys()].filter((name) => name.startsWith('medley_request_seconds_count'));
    expect(names.length).toBeLessThan(110);
    expect(names.filter((name) => name.includes('operation="other"'))).toHaveLength(1);
    expect([...(await counted()).keys()].join()).not.toContain('secretword');
  });

  it('are nowhere at the address for viewers, and nowhere at all unless a setting says where', async () => {
    expect((await shop.send('/metrics')).status).toBe(404);
    expect(await openMetrics({ HOST: '127.0.0.1', MEDLEY_METRICS_PORT: undefined })).toBeUndefined();
  });
});
