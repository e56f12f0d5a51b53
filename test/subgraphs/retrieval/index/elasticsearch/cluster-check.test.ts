import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openElasticsearchIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { HEALTHY, openStubCluster } from './stub-cluster.ts';
import type { StubAnswers, StubCluster } from './stub-cluster.ts';

const opened: StubCluster[] = [];

afterEach(async () => {
  for (const stub of opened.splice(0)) await stub.close();
});

async function opening(answers: StubAnswers, secret?: string): Promise<unknown> {
  const stub = await openStubCluster({ ...HEALTHY, ...answers });
  opened.push(stub);
  const { writer } = await openElasticsearchIndex({ nodes: [stub.url], apiKey: secret, patience: 30_000 });
  await writer.close();
  return undefined;
}

describe('a cluster, before anything is kept in it', () => {
  it('is taken when it is new enough and has the basic licence', async () => {
    expect(await opening({})).toBeUndefined();
  });

  it('is refused with its version when it is too old', async () => {
    const old = { 'GET /': { body: { version: { number: '8.16.6' } } } };
    await expect(opening(old)).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: expect.stringMatching('8.16.6'),
    });
  });

  it('is refused when it is something else', async () => {
    const other = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    );
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const nodes = [`http://127.0.0.1:${(other.address() as AddressInfo).port}`];
    const message = expect.stringMatching('not an Elasticsearch');
    const opened = openElasticsearchIndex({ nodes, patience: 30_000 });
    await expect(opened).rejects.toMatchObject({ code: 'INVALID_SETTING', message });
    other.close();
  });

  it('is refused when its licence has run out', async () => {
    const expired = { 'GET /_license': { body: { license: { status: 'expired', type: 'platinum' } } } };
    const message = expect.stringMatching(/platinum.*expired/);
    await expect(opening(expired)).rejects.toMatchObject({ code: 'INVALID_SETTING', message });
  });

  it('is taken when the key may not ask for the licence', async () => {
    expect(
      await opening({ 'GET /_license': { status: 403, body: { error: { type: 'security_exception' } } } }),
    ).toBeUndefined();
  });

  it('says which settings to check when it does not let us in, and never the key', async () => {
    const closed = { 'GET /': { status: 401, body: { error: { type: 'security_exception' } } } };
    const refused = await opening(closed, 'my-secret-key').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INVALID_SETTING', message: expect.stringMatching('ELASTICSEARCH_API_KEY') });
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain('my-secret-key');
  });
});
