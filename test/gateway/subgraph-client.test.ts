import { describe, expect, it } from '@jest/globals';
import { subgraphClient } from '../../src/gateway/subgraph-client/subgraph-client.ts';
import type { SubgraphName } from '../../src/gateway/subgraph-client/subgraph-client.ts';
import type { Transport } from '../../src/gateway/subgraph-client/transport.ts';
import { withinDeadline } from '../../src/runtime/within-deadline.ts';
import { createLogger } from '../../src/runtime/logger.ts';

const log = createLogger('silent');
const dead: Transport = {
  send: () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:4001')),
  close: () => Promise.resolve(),
};
const slow: Transport = {
  send: (_, deadline) => withinDeadline(deadline, () => new Promise(() => undefined)),
  close: () => Promise.resolve(),
};

async function ask(name: SubgraphName, transport: Transport, representations?: unknown[]) {
  const client = subgraphClient({ name, transport, log, patience: 30 });
  const request = { query: '{ x }', variables: representations ? { representations } : {} };
  return client.process({ request, context: {} } as never);
}

describe('the seam to a subgraph', () => {
  it.each([
    ['dead', dead],
    ['slow', slow],
  ])(
    'answers null for the field of a %s optional subgraph, one per representation and no errors',
    async (_, transport) => {
      expect(await ask('query-embedding', transport, [{}, {}])).toEqual({
        data: { _entities: [{ encoding: null }, { encoding: null }] },
      });
      expect(await ask('user-profile', transport, [{}])).toEqual({ data: { _entities: [{ viewer: null }] } });
    },
  );

  it('answers a clean error for a dead retrieval, without its address', async () => {
    const { errors } = await ask('retrieval', dead, [{}]);
    expect(errors).toEqual([
      {
        message: 'A part of the service cannot be reached; nothing was lost, try again.',
        extensions: { code: 'RETRIEVAL_UNAVAILABLE' },
      },
    ]);
  });

  it('answers a clean error for a mutation of a dead user-profile: nothing was recorded', async () => {
    const { errors } = await ask('user-profile', dead);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'USER_PROFILE_UNAVAILABLE' } });
  });

  it('asks nothing more for who has gone, but does what was written', async () => {
    const sent: string[] = [];
    const transport: Transport = {
      send: ({ query }) => Promise.resolve({ data: { sent: sent.push(query) } }),
      close: () => Promise.resolve(),
    };
    const client = subgraphClient({ name: 'retrieval', transport, log, patience: 30 });
    const context = { gone: AbortSignal.abort() };
    const send = (query: string) => client.process({ request: { query }, context } as never);
    expect(await send('query Search__retrieval__1 { x }')).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'INTERRUPTED' } }],
    });
    expect(await send('mutation Write__retrieval__0 { x }')).toEqual({ data: { sent: 1 } });
    expect(sent).toEqual(['mutation Write__retrieval__0 { x }']);
  });

  it('leaves a subgraph alone for a while after it failed again and again', async () => {
    let sends = 0;
    const counting: Transport = {
      ...dead,
      send: (...args) => {
        sends++;
        return dead.send(...args);
      },
    };
    const client = subgraphClient({ name: 'retrieval', transport: counting, log, patience: 30 });
    for (let i = 0; i < 20; i++) await client.process({ request: { query: '{ x }' }, context: {} } as never);
    expect(sends).toBe(5);
  });

  it('goes on asking what is in its own process, however often that was late, and spares only what can be done without', async () => {
    const sends = async (name: SubgraphName) => {
      let count = 0;
      const late: Transport = {
        ...slow,
        inProcess: true,
        send: (...args) => {
          count++;
          return slow.send(...args);
        },
      };
      const client = subgraphClient({ name, transport: late, log, patience: 5 });
      for (let i = 0; i < 20; i++) await client.process({ request: { query: '{ x }' }, context: {} } as never);
      return count;
    };
    expect(await sends('retrieval')).toBe(20);
    expect(await sends('query-embedding')).toBe(5);
  });

  it('goes on asking for everybody else when one operation has asked in vain many times', async () => {
    let fault: Transport | undefined = slow;
    const answers: Transport = {
      ...dead,
      send: (request, deadline) => fault?.send(request, deadline) ?? Promise.resolve({ data: { x: 1 } }),
    };
    const client = subgraphClient({ name: 'query-embedding', transport: answers, log, patience: 30 });
    const request = { query: '{ x }', variables: { representations: [{}] } };
    const context = {};
    await Promise.all(Array.from({ length: 20 }, () => client.process({ request, context } as never)));
    fault = undefined;
    expect(await client.process({ request, context: {} } as never)).toEqual({ data: { x: 1 } });
  });

  it.each<SubgraphName>(['retrieval', 'user-profile'])(
    'goes on asking %s for searches when many writes in a row were late, and leaves it alone where it is away',
    async (name) => {
      let sends = 0;
      const counting = (transport: Transport): Transport => ({
        ...transport,
        send: (...args) => {
          sends++;
          return transport.send(...args);
        },
      });
      for (const [transport, asked] of [
        [slow, 20],
        [dead, 5],
      ] as const) {
        sends = 0;
        const client = subgraphClient({ name, transport: counting(transport), log, patience: 5 });
        for (let i = 0; i < 20; i++)
          await client.process({ request: { query: 'mutation { x }' }, context: {} } as never);
        expect(sends).toBe(asked);
      }
    },
  );

  it('takes what viewers did however often their profiles were late for a search', async () => {
    const transport: Transport = {
      ...slow,
      send: (asked, deadline) =>
        asked.query.startsWith('mutation') ? Promise.resolve({ data: { accepted: 1 } }) : slow.send(asked, deadline),
    };
    const client = subgraphClient({ name: 'user-profile', transport, log, patience: 5 });
    const search = { query: '{ x }', variables: { representations: [{}] } };
    for (let i = 0; i < 20; i++) await client.process({ request: search, context: {} } as never);
    const write = { query: 'mutation { x }' };
    expect(await client.process({ request: write, context: {} } as never)).toEqual({ data: { accepted: 1 } });
  });
});
