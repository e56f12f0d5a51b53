import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openElasticsearchIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { LOOPBACK_CA_FILE } from '../../../../support/loopback-certificate/tls-files.ts';
import { DIMS, head, vector } from '../../../../contracts/item-index/samples.ts';
import { HEALTHY, openStubCluster } from './stub-cluster.ts';
import type { StubAnswers, StubCluster } from './stub-cluster.ts';

const opened: StubCluster[] = [];

const GENERATION = 'medley-generation-first';

/** A generation of one item, in a cluster that may refuse scripts. */
function serving(refusesScripts: boolean): StubAnswers {
  const { fitting, ...meta } = head('first');
  const found = { fields: { id: ['a'] }, matched_queries: { probe_0: 1.5 }, _score: 1.5 };
  const whole = { timed_out: false, _shards: { failed: 0 } };
  const refused = { status: 400, body: { error: { type: 'illegal_argument_exception', reason: 'no scripts' } } };
  const search = (body: string) =>
    refusesScripts && body.includes('script') ? refused : { body: { ...whole, hits: { hits: [found] } } };
  return {
    'GET /_alias/medley,medley-previous': { body: { [GENERATION]: { aliases: { medley: {} } } } },
    [`GET /${GENERATION}/_mapping`]: { body: { [GENERATION]: { mappings: { _meta: { medley: meta } } } } },
    'GET /medley-notes/_doc/fitting-first': {
      body: { _source: { kind: 'fitting', content: Buffer.from(fitting).toString('base64') } },
    },
    [`GET /${GENERATION}/_count`]: { body: { count: 1 } },
    [`POST /${GENERATION}/_count`]: { body: { count: 1 } },
    'POST /medley-notes/_search': search,
    [`POST /${GENERATION}/_search`]: search,
    'POST /_msearch': { body: { responses: [{ ...whole, hits: { hits: [found] } }] } },
  };
}

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
    const message = expect.stringMatching('not Elasticsearch');
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

  it.each([
    { apiKey: 'my-secret-key', sent: 'ApiKey my-secret-key' },
    { username: 'shop', password: 'word', sent: `Basic ${Buffer.from('shop:word').toString('base64')}` },
    { sent: undefined },
  ])('is sent the credentials that were set ($sent)', async ({ sent, ...credentials }) => {
    const stub = await openStubCluster(HEALTHY);
    opened.push(stub);
    const { writer } = await openElasticsearchIndex({ nodes: [stub.url], patience: 30_000, ...credentials });
    await writer.close();
    const given = [...new Set(stub.asked)].flatMap((what) =>
      stub.headers(what).map((headers) => headers.authorization),
    );
    expect(new Set(given)).toEqual(new Set([sent]));
  });

  it('is trusted by the certificate of who signed its own, and without it the setting to mend is told at once', async () => {
    const stub = await openStubCluster(HEALTHY, { tls: true });
    opened.push(stub);
    const open = (caFile?: string) => openElasticsearchIndex({ nodes: [stub.url], caFile, patience: 30_000 });
    const { writer } = await open(LOOPBACK_CA_FILE);
    await writer.close();
    const refused = await open().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INVALID_SETTING', message: expect.stringMatching('ELASTICSEARCH_CA_FILE') });
    expect(String(refused)).not.toContain('127.0.0.1');
  });

  it('is not waited for where it has no TLS and the address says so', async () => {
    const stub = await openStubCluster(HEALTHY);
    opened.push(stub);
    const refused = openElasticsearchIndex({ nodes: [stub.url.replace('http:', 'https:')], patience: 30_000 });
    const message = expect.stringMatching(/ELASTICSEARCH_URL.*TLS/);
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_SETTING', message });
  });

  it.each([
    { refuses: false, searches: 1, by: 'in one search' },
    { refuses: true, searches: 2, by: 'in two searches, since it refuses scripts' },
  ])('gives the same cosines $by', async ({ refuses, searches }) => {
    const stub = await openStubCluster({ ...HEALTHY, ...serving(refuses) });
    opened.push(stub);
    const { index } = await openElasticsearchIndex({ nodes: [stub.url], patience: 30_000 });
    const probes = [{ column: 'text' as const, vector: vector(1, DIMS.text), weight: 1 }];
    const { candidates } = await index.candidates({ probes, candidates: 5 });
    await index.close();
    expect(candidates).toEqual([{ id: 'a', lexical: 0, cosines: [0.5] }]);
    expect(stub.asked.filter((what) => what.includes(GENERATION) && what.includes('search'))).toHaveLength(1);
    expect(stub.asked.filter((what) => what === 'POST /_msearch')).toHaveLength(searches - 1);
  });
});
