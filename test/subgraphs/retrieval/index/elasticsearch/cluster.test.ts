import { afterEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { underDeadline } from '../../../../../src/runtime/current-deadline.ts';
import { writeAll, writeEach } from '../../../../../subgraphs/retrieval/index/elasticsearch/bulk.ts';
import { Cluster } from '../../../../../subgraphs/retrieval/index/elasticsearch/cluster.ts';
import { openStubCluster } from './stub-cluster.ts';
import type { StubAnswers, StubCluster } from './stub-cluster.ts';

let stub: StubCluster;
let cluster: Cluster;

afterEach(async () => {
  await cluster.close();
  await stub.close();
});

async function open(answers: StubAnswers): Promise<void> {
  stub = await openStubCluster(answers);
  cluster = new Cluster({ nodes: [stub.url], username: 'medley', password: 'my-secret-word', patience: 30_000 });
}

const search = () => cluster.ask((client, sending) => client.search({ index: 'medley' }, sending));

/** The ids of a bulk request, in order. */
function idsOf(body: string): readonly string[] {
  return [...body.matchAll(/"_id":"(\w+)"/g)].map(([, id]) => id ?? '');
}

const taken = (id: string) => ({ index: { _id: id, status: 201, result: 'created' } });
const busy = (id: string) => ({ index: { _id: id, status: 429, error: { type: 'es_rejected_execution_exception' } } });
const wrong = (id: string) => ({
  index: { _id: id, status: 400, error: { type: 'document_parsing_exception', reason: 'odd' } },
});

const changes = ['a', 'b', 'c'].map((id) => ({ index: 'medley', id, document: '{}' }));

describe('writing to a cluster', () => {
  it('sends again what it had no time for, and that alone', async () => {
    await open({
      'POST /_bulk': (body, time) => ({
        body: { items: idsOf(body).map(time === 0 ? (id) => (id === 'b' ? busy(id) : taken(id)) : taken) },
      }),
    });
    await writeAll(cluster, changes);
    expect(stub.bodies('POST /_bulk').map(idsOf)).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it('sends all again when the node was away', async () => {
    await open({
      'POST /_bulk': (body, time) => (time < 2 ? { status: 503 } : { body: { items: idsOf(body).map(taken) } }),
    });
    await writeAll(cluster, changes);
    expect(stub.bodies('POST /_bulk').map(idsOf)).toEqual(Array(3).fill(['a', 'b', 'c']));
  });

  it('names the items that were refused, and writes the others', async () => {
    await open({
      'POST /_bulk': (body) => ({ body: { items: idsOf(body).map((id) => (id === 'b' ? wrong(id) : taken(id))) } }),
    });
    expect(await writeEach(cluster, changes)).toMatchObject([{ id: 'b', error: { reason: 'odd' } }]);
    expect(stub.bodies('POST /_bulk')).toHaveLength(1);
    await expect(writeAll(cluster, changes)).rejects.toThrow('odd');
  });

  it('waits no longer than who asked', async () => {
    await open({ 'POST /_bulk': { status: 503 } });
    const written = underDeadline({ at: Date.now() + 300 }, () => writeAll(cluster, changes));
    await expect(written).rejects.toMatchObject({
      code: expect.stringMatching(/RETRIEVAL_UNAVAILABLE|DEADLINE_EXCEEDED/),
    });
  });
});

describe('asking a cluster', () => {
  it('ends at the deadline of the request that is answered', async () => {
    await open({ 'GET /medley/_search': { after: 5000 } });
    await expect(underDeadline({ at: Date.now() + 1500 }, search)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(underDeadline({ at: Date.now() - 1 }, search)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(stub.asked).toHaveLength(1);
  });

  it('goes on for those who have time when others had too little', async () => {
    let slow = true;
    await open({ 'GET /medley/_search': () => (slow ? { after: 60_000 } : { body: { hits: { hits: [] } } }) });
    for (let time = 0; time < 8; time++)
      await expect(underDeadline({ at: Date.now() + 20 }, search)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    slow = false;
    await expect(search()).resolves.toBeDefined();
  });

  it('stops asking one that is down, and asks again after a while', async () => {
    let down = true;
    await open({ 'GET /medley/_search': () => (down ? { status: 503 } : { body: { hits: { hits: [] } } }) });
    for (let time = 0; time < 8; time++)
      await expect(search()).rejects.toMatchObject({ code: 'RETRIEVAL_UNAVAILABLE' });
    // Five that failed, each tried three times, and then nothing.
    expect(stub.asked).toHaveLength(15);
    down = false;
    await new Promise((done) => setTimeout(done, 2100));
    await expect(search()).resolves.toBeDefined();
  });

  it.each([400, 401, 503])(
    'tells neither the password nor the words of the query when it fails (%i)',
    async (status) => {
      await open({ 'POST /medley/_search': { status, body: { error: { type: 'odd', reason: 'very odd' } } } });
      const query = { match: { title: 'purple trombone' } };
      const failed: unknown = await cluster
        .ask((client, sending) => client.search({ index: 'medley', query }, sending))
        .catch((error: unknown) => error);
      expect(failed).toMatchObject({ message: expect.not.stringContaining('127.0.0.1') });
      const everything = inspect(failed, { depth: 20, showHidden: true });
      const secrets = ['my-secret-word', Buffer.from('medley:my-secret-word').toString('base64'), 'trombone'];
      expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
    },
  );
});
