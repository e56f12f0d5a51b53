import { afterEach, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { MedleyError, logUnforeseen, toRejection } from '../../src/runtime/errors.ts';
import { openPeer } from '../../src/runtime/peer.ts';
import { nameRequests, requestFields, requestIdOf } from '../../src/runtime/request-id.ts';
import { deadlineIn } from '../../src/vocabulary/deadline.ts';

const log: object[] = [];
afterEach(() => {
  log.length = 0;
});

function server(answer: (body: unknown) => unknown) {
  const app = fastify({ genReqId: requestIdOf });
  nameRequests(app);
  app.post('/', ({ body }) => answer(body));
  return app;
}

describe('a request', () => {
  it('is named in the lines of the log that tell why one of several things failed', async () => {
    logUnforeseen({ error: (line: object) => log.push({ ...line, ...requestFields() }) });
    const reason = new TypeError('one of three');
    const app = server(() => [toRejection(reason), toRejection(new MedleyError('UNKNOWN_ITEM', 'No item.'))]);
    const { headers, body } = await app.inject({ method: 'POST', url: '/', payload: { a: 1 } });
    expect(JSON.parse(body)).toMatchObject([{ code: 'INTERNAL' }, { code: 'UNKNOWN_ITEM' }]);
    expect(body).not.toContain('one of three');
    expect(log).toEqual([{ err: reason, request_id: headers['x-request-id'] }]);
    await app.close();
  });

  it('has the same name in the programs that are asked for it', async () => {
    const other = server(() => requestFields());
    const peer = openPeer(await other.listen({ host: '127.0.0.1', port: 0 }), 'a secret of sixteen characters');
    const app = server(() => peer.post('/', '{}', { deadline: deadlineIn(30_000) }));
    const { body } = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'x-request-id': 'order-7' },
      payload: {},
    });
    expect(JSON.parse(body)).toEqual({ request_id: 'order-7' });
    await Promise.all([peer.close(), app.close(), other.close()]);
  });
});
