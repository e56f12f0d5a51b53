import { afterAll, afterEach, expect, it } from '@jest/globals';
import { Cluster } from '../../../../../subgraphs/retrieval/index/elasticsearch/cluster.ts';
import { collectSpans } from '../../../../support/collected-spans.ts';
import { openStubCluster } from './stub-cluster.ts';
import type { StubAnswer, StubCluster } from './stub-cluster.ts';

const spans = collectSpans();
let stub: StubCluster;
let cluster: Cluster;

afterEach(async () => {
  await cluster.close();
  await stub.close();
});
afterAll(() => spans.close());

async function open(answer: StubAnswer): Promise<void> {
  stub = await openStubCluster({ 'POST /medley/_search': answer });
  const { host } = new URL(stub.url);
  cluster = new Cluster({ nodes: [`http://medley:my-secret-word@${host}`], patience: 30_000 });
}

const search = () =>
  cluster.ask((client, sending) =>
    client.search({ index: 'medley', query: { match: { text: 'secretword' } } }, sending),
  );

it('a request to the cluster is told with its index and node, without what was searched or the password', async () => {
  await open({ body: { hits: { hits: [] } } });
  const [asked, request] = await spans.during(search);
  expect(asked).toMatchObject({
    name: 'search',
    attributes: { 'db.system': 'elasticsearch', 'db.collection.name': 'medley', 'db.response.status_code': '200' },
    parentSpanContext: { spanId: request?.spanContext().spanId },
  });
  expect(asked?.attributes).toHaveProperty(['server.address'], '127.0.0.1');
  expect(JSON.stringify(asked?.attributes)).not.toMatch(/secret/);
});

it('a failed request is told by the kind of its error alone', async () => {
  await open({ status: 400, body: { error: { type: 'parsing_exception', reason: 'odd: secretword' }, status: 400 } });
  const [asked] = await spans.during(search);
  expect(asked).toMatchObject({ status: { code: 2 }, events: [], attributes: { 'error.type': 'ResponseError' } });
  expect(JSON.stringify([asked?.attributes, asked?.status, asked?.events])).not.toMatch(/secret/);
});

it('the cluster is told the trace, for its own logs', async () => {
  await open({ body: { hits: { hits: [] } } });
  const [, request] = await spans.during(search);
  expect(stub.headers('POST /medley/_search')[0]?.['traceparent']).toContain(request?.spanContext().traceId);
});

it('what is asked for no request is not told', async () => {
  await open({ body: { hits: { hits: [] } } });
  await search();
  expect((await spans.during(() => Promise.resolve())).map(({ name }) => name)).toEqual(['request']);
  expect(stub.headers('POST /medley/_search')[0]).not.toHaveProperty('traceparent');
});
