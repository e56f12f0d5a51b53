import { afterAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { takeLeave } from '../../src/runtime/drain.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { createSubgraphServer } from '../../src/runtime/subgraph-server.ts';

const SECRET = 'a secret of sixteen characters';
const schema = buildSchema('type Query { ping: String  never: String }');
const { ping, never } = schema.getQueryType()?.getFields() ?? {};
if (ping) ping.resolve = () => 'pong';
if (never) never.resolve = () => new Promise(() => undefined);

const app = createSubgraphServer(schema, { log: createLogger('silent'), secret: SECRET, ready: () => false });
afterAll(() => app.close());

function ask(query: string, headers: Readonly<Record<string, string>>) {
  return app.inject({ method: 'POST', url: '/graphql', headers, payload: { query } });
}

describe('the server of a subgraph', () => {
  it('answers who knows the secret, and refuses everyone else', async () => {
    const answer = await ask('{ ping }', { 'x-medley-secret': SECRET });
    expect(answer.json()).toEqual({ data: { ping: 'pong' } });
    for (const headers of [{}, { 'x-medley-secret': 'a guess' }]) {
      const { statusCode, body } = await ask('{ ping }', headers as Readonly<Record<string, string>>);
      expect([statusCode, body]).toEqual([401, '']);
    }
  });

  it('shows its health to everyone', async () => {
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect((await app.inject('/health/ready')).statusCode).toBe(503);
  });

  it('is not ready once it drains, and answers all the same', async () => {
    const leaving = createSubgraphServer(schema, { log: createLogger('silent'), secret: SECRET, ready: () => true });
    const seen = async () => [
      (await leaving.inject('/health/ready')).statusCode,
      (
        await leaving.inject({
          method: 'POST',
          url: '/graphql',
          headers: { 'x-medley-secret': SECRET },
          payload: { query: '{ ping }' },
        })
      ).statusCode,
    ];
    expect(await seen()).toEqual([200, 200]);
    await takeLeave(leaving);
    expect(await seen()).toEqual([503, 200]);
    await leaving.close();
  });

  it('stops waiting when the caller does', async () => {
    const headers = { 'x-medley-secret': SECRET, 'x-medley-remaining': '30' };
    const { statusCode, body } = await ask('{ never }', headers);
    expect([statusCode, body]).toEqual([504, '']);
  });

  it('says nothing of itself when it cannot read a request', async () => {
    const headers = { 'x-medley-secret': SECRET, 'content-type': 'application/json' };
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/graphql', headers, payload: '{' });
    expect([statusCode, body]).toEqual([400, '']);
  });
});
