import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import type { SubgraphName } from '../../../src/gateway/subgraph-client/subgraph-client.ts';
import type { SubgraphResponse } from '../../../src/gateway/subgraph-client/transport.ts';
import { together } from '../../../src/inference/open-encoders.ts';
import { hashingPictureEncoder, hashingTextEncoder } from '../../../src/inference/hashing-encoder.ts';
import { paint } from '../../support/corner-shop.ts';
import { secretsIn } from '../../support/no-secrets.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const SECRET = 'connect ECONNREFUSED 127.0.0.1:9200 in /work/main/subgraphs/retrieval/search.ts:12:5';

/** How a part may answer when it is broken: with errors that tell all, with nonsense, or not at all. */
const FAULTS: Readonly<Record<string, () => Promise<SubgraphResponse>>> = {
  'an error with a stack': () => Promise.reject(new TypeError(SECRET)),
  'errors of its own': () =>
    Promise.resolve({
      data: null,
      errors: [
        {
          message: SECRET,
          path: ['_entities', 0, 'encoding', 'parts'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: [SECRET], serviceName: 'retrieval' },
        },
      ],
    }),
  'errors with a known code': () =>
    Promise.resolve({ errors: [{ message: SECRET, extensions: { code: 'INTERNAL' } }] as const }),
  'data that fits nothing': () => Promise.resolve({ data: { _entities: [{ edges: 'x', encoding: 7 }, null] } }),
  'no entities': () => Promise.resolve({ data: { _entities: null } }),
  nothing: () => Promise.resolve({}),
  'no object': () => Promise.resolve(SECRET as unknown as SubgraphResponse),
};

const broken = new Map<SubgraphName, () => Promise<SubgraphResponse>>();
let encodersFail = false;

let shop: Shop;
beforeAll(async () => {
  const words = hashingTextEncoder();
  const encode: typeof words.encode = (inputs) =>
    encodersFail ? Promise.reject(new Error(SECRET)) : words.encode(inputs);
  shop = await openShop({
    items: 12,
    encoders: together({ ...words, encode }, hashingPictureEncoder()),
    between: (name, transport) => ({
      ...transport,
      send: (request, deadline) => broken.get(name)?.() ?? transport.send(request, deadline),
    }),
  });
});
afterAll(() => shop.close());
afterEach(() => {
  broken.clear();
  encodersFail = false;
});

const OPERATIONS = [
  '{ search(input: { text: "red mug", userId: "ann" }, first: 2) { id edges { itemId score node { title } explanation { summary } } facets { field } degradations { code message } } }',
  '{ search(input: { parts: [{ imageUrl: "http://127.0.0.1:1/x.png" }] }) { edges { itemId } } }',
  '{ search(input: { text: "mug" }, after: "nonsense") { edges { itemId } } }',
  '{ similarItems(input: { like: [{ id: "i001" }] }) { edges { itemId } degradations { message } } }',
  '{ recommendations(input: { shelves: [{ kind: FOR_YOU }, { kind: TRENDING }] }) { items { itemId } reason fallback } }',
  '{ item(id: "i001") { title images { url } } }',
  '{ suggest(prefix: "a") { text } }',
  '{ encoders { name space } }',
  '{ viewerProfile(userId: "ann") { confidence } }',
  'mutation { recordEvents(events: [{ id: "1", userId: "ann", action: CLICK, itemId: "i001", occurredAt: "2026-11-01T00:00:00Z" }]) { accepted rejected { message } } }',
  'mutation { eraseProfile(userId: "ann") }',
  'mutation { upsertItems(items: [{ id: "x", title: "X", images: [{ url: "http://127.0.0.1:1/x.png" }] }]) { accepted rejected { message } } }',
  'mutation { deleteItems(ids: ["never-was"]) { accepted rejected { message } } }',
  '{ search(input: { text: "mug" }) { request encoding { parts { vector } } viewer { tilt } } }',
  '{ _entities(representations: []) { __typename } _service { sdl } }',
];

/** Asks everything; whatever comes back is looked through by the front door of the test itself. */
async function askEverything(): Promise<readonly number[]> {
  shop.said.push('http://127.0.0.1:1/x.png');
  const answers = [];
  for (const operation of OPERATIONS) answers.push(await shop.ask(operation));
  return answers.map(({ status }) => status);
}

describe('no answer holds a host, a port, a path, a stack or a hidden field', () => {
  it('when all is well', async () => {
    const statuses = await askEverything();
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });

  it('when the encoders fail: words alone answer, and it is listed', async () => {
    encodersFail = true;
    const { edges, degradations } = await shop.search({ text: 'a red mug of another series' });
    expect(edges.length).toBeGreaterThan(0);
    expect(degradations.map(({ code }) => code)).toContain('VECTOR_REFUSED');
    await askEverything();
  });

  it('when anything but GraphQL is asked for', async () => {
    const asked: readonly (readonly [string, RequestInit?])[] = [
      ['/'],
      ['/nothing'],
      ['/health/live'],
      ['/health/ready'],
      ['/images', { method: 'POST', body: 'no picture' }],
      ['/images', { method: 'POST', body: 'no picture', headers: { 'content-type': 'image/png' } }],
      ['/pictures/corner/none.png'],
      ['/pictures/corner/%00.png'],
      ['/pictures/corner/%2e%2e/%2e%2e/secret.png'],
      ['/pictures/~kept/../secret'],
      ['/pictures/~kept/%2e%2e%2fsecret.png'],
      ['/pictures/~kept/of/none.png'],
      [`/pictures/~kept/${'0'.repeat(32)}.png`],
      [`/pictures/~kept/${'0'.repeat(3000)}.png`],
      ['/graphql', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
      ['/graphql?query={', { headers: { 'apollo-require-preflight': 'x' } }],
      [
        '/graphql',
        { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', 'content-encoding': 'br' } },
      ],
      [`/${'x'.repeat(10_000)}`],
    ];
    for (const [path, init] of asked) {
      const { status, headers } = await shop.send(path, init);
      expect([path, status < 500]).toEqual([path, true]);
      expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
    }
  });

  it('when the schema itself is asked for', async () => {
    const { data, errors } = await shop.ask<object>(getIntrospectionQuery());
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).not.toMatch(/QueryEncoding|EncodedPart|SearchRequest|"Tilt"|"Taste"|"Vector"|_Entity/);
  });

  it('when the query log is gone: the search is answered, its later pages are not, and both say so', async () => {
    const { pageInfo } = await shop.search({ text: 'mug' }, { first: 1 });
    await shop.medley.retrieval.windows.close();
    const { degradations } = await shop.search({ text: 'mug' });
    expect(degradations.map(({ code }) => code)).toContain('WINDOW_NOT_KEPT');
    const later = await shop.ask(
      'query ($after: String) { search(input: { text: "mug" }, first: 1, after: $after) { edges { itemId } } }',
      {
        after: pageInfo.endCursor,
      },
    );
    expect([later.status, later.errors[0]?.extensions.code]).toEqual([500, 'INTERNAL']);
    await askEverything();
  });

  it('and the look through answers sees what it should', () => {
    expect(secretsIn(JSON.stringify({ errors: [{ message: SECRET }] })).length).toBeGreaterThanOrEqual(3);
    expect(secretsIn('{"data":{"search":{"encoding":{"parts":[]}}}}')).toHaveLength(1);
    expect(secretsIn('{"message":"Error: x\\n    at work (file.js)"}')).toHaveLength(1);
    expect(secretsIn('{"data":{"item":{"title":"A mug"}}}')).toEqual([]);
  });

  it('not even in a picture, whose headers tell no name of a file', async () => {
    const imageId = await shop.upload(await paint('mug', 'red'));
    expect(imageId).toMatch(/^[0-9a-f]{32}$/);
    const reply = await fetch(new URL('/pictures/corner/mug-red.png', shop.url));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-disposition')).toBeNull();
  });

  it.each(['query-embedding', 'user-profile', 'retrieval'] as const)(
    'whatever is wrong inside %s, and never as anything but an answer',
    async (name) => {
      for (const fault of Object.values(FAULTS)) {
        broken.set(name, fault);
        for (const status of await askEverything()) expect([200, 400, 422, 500, 503, 504]).toContain(status);
      }
    },
  );
});
