import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codesOf } from '../../support/front-door.ts';
import type { Reply } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ items: 12 });
});
afterAll(() => shop.close());

const JSON_BODY = { 'content-type': 'application/json' };
const post = (body: string, headers: Readonly<Record<string, string>> = JSON_BODY): Promise<Reply> =>
  shop.send('/graphql', { method: 'POST', headers, body });
const persisted = (rest: string): string =>
  `{"query":"{ encoders { name } }","extensions":{"persistedQuery":{${rest}}}}`;
const codeOf = ({ text }: Reply): string | undefined =>
  (JSON.parse(text) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('GraphQL over HTTP', () => {
  it.each([
    ['malformed JSON', '{"query": "{ item', 'INVALID_INPUT'],
    ['an empty body', '', 'INVALID_INPUT'],
    ['a number', '42', 'BAD_REQUEST'],
    ['no query', '{}', 'BAD_REQUEST'],
    ['a query that is a number', '{"query":1}', 'BAD_REQUEST'],
    ['variables that are a list', '{"query":"{ item(id: 1) { id } }","variables":[1]}', 'BAD_REQUEST'],
    ['a batch', '[{"query":"{ item(id: 1) { id } }"},{"query":"{ item(id: 2) { id } }"}]', 'BAD_REQUEST'],
    ['a syntax error', '{"query":"{ item("}', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query":"{ item(id: 1) { flavour } }"}', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation',
      '{"query":"query A { encoders { name } }","operationName":"B"}',
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a missing variable', '{"query":"query ($id: ID!) { item(id: $id) { id } }"}', 'BAD_USER_INPUT'],
    ['a subscription', '{"query":"subscription { item }"}', 'OPERATION_RESOLUTION_FAILURE'],
    ['a persisted query under a wrong hash', persisted('"version":1,"sha256Hash":"0"'), 'BAD_REQUEST'],
    ['a persisted query of another version', persisted('"version":2,"sha256Hash":"0"'), 'BAD_REQUEST'],
    ['a persisted query without a hash', persisted('"version":1'), 'BAD_REQUEST'],
    ['a hash that is a number', persisted('"version":1,"sha256Hash":7'), 'BAD_REQUEST'],
    ['a persisted query that is none', '{"query":"{ a }","extensions":{"persistedQuery":"x"}}', 'BAD_REQUEST'],
    [
      'a question of the schema that came later',
      '{"query":"{ __schema { types { isOneOf } } }"}',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('answers %s with status 400 and a code', async (_, body, code) => {
    const reply = await post(body);
    expect([reply.status, codeOf(reply)]).toEqual([400, code]);
  });

  it('refuses a body that is no JSON by its content type', async () => {
    const reply = await post('{ item(id: "i001") { id } }', { 'content-type': 'text/plain' });
    expect([reply.status, codeOf(reply)]).toEqual([415, 'WRONG_CONTENT_TYPE']);
  });

  it('refuses a picture where a question belongs, and JSON, whole or not, where a picture belongs', async () => {
    for (const type of ['image/png', 'application/octet-stream']) {
      const reply = await post('{"query":"{ encoders { name } }"}', { 'content-type': type });
      expect([reply.status, codeOf(reply)]).toEqual([415, 'WRONG_CONTENT_TYPE']);
    }
    for (const body of ['{"id":', '{}']) {
      const reply = await shop.send('/images', { method: 'POST', headers: JSON_BODY, body });
      expect([reply.status, codeOf(reply)]).toEqual([415, 'WRONG_CONTENT_TYPE']);
    }
  });

  it('says of several operations that one has to be named', async () => {
    const unnamed = await shop.ask('query A { encoders { name } } query B { encoders { name } }');
    expect([unnamed.status, codesOf(unnamed)]).toEqual([400, ['OPERATION_RESOLUTION_FAILURE']]);
    expect(unnamed.errors[0]?.message).toContain('operationName');
  });

  it('tells one mistake once for each question, whatever it costs', async () => {
    const filter = '{ field: "flavour", in: ["sweet"] }';
    const shelf = '{ kind: TRENDING }';
    const answer = await shop.ask(`{
      a: search(input: { filter: ${filter} }) { didYouMean edges { itemId } totalCount { value } }
      b: search(input: { filter: ${filter} }) { didYouMean edges { itemId } }
      recommendations(input: { shelves: [${shelf}, ${shelf}], filter: ${filter} }) { items { itemId } reason }
    }`);
    expect(codesOf(answer)).toEqual(['UNKNOWN_FIELD', 'UNKNOWN_FIELD', 'UNKNOWN_FIELD']);
  });

  it('refuses a body of two megabytes before it is parsed', async () => {
    const reply = await post(JSON.stringify({ query: '{ a }', variables: { text: 'x'.repeat(2_000_000) } }));
    expect([reply.status, codeOf(reply)]).toEqual([413, 'REQUEST_TOO_LARGE']);
  });

  it('answers a query by GET, and refuses a mutation and a request that a form could send', async () => {
    const query = encodeURIComponent('{ item(id: "i001") { id } }');
    const asked = await shop.send(`/graphql?query=${query}`, { headers: JSON_BODY });
    expect(JSON.parse(asked.text)).toEqual({ data: { item: { id: 'i001' } } });
    const mutation = encodeURIComponent('mutation { deleteItems(ids: ["i001"]) { accepted } }');
    expect((await shop.send(`/graphql?query=${mutation}`, { headers: JSON_BODY })).status).toBe(405);
    const form = await shop.send(`/graphql?query=${query}`);
    expect([form.status, codeOf(form)]).toEqual([400, 'BAD_REQUEST']);
    expect(await shop.ask('{ item(id: "i001") { id } }')).toMatchObject({ data: { item: { id: 'i001' } } });
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])(
    'refuses %s where pictures are sent to, and says what is allowed',
    async (method) => {
      const reply = await shop.send('/images', { method });
      expect([reply.status, codeOf(reply), reply.headers.get('allow')]).toEqual([405, 'WRONG_METHOD', 'POST']);
    },
  );

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s and says what is allowed', async (method) => {
    const reply = await shop.send('/graphql', { method, headers: JSON_BODY, body: '{' });
    expect([reply.status, codeOf(reply), reply.headers.get('allow')]).toEqual([405, 'WRONG_METHOD', 'GET, POST']);
  });

  it('speaks application/graphql-response+json to whoever asks for it', async () => {
    const headers = { ...JSON_BODY, accept: 'application/graphql-response+json' };
    const reply = await post('{"query":"{ item(id: \\"i001\\") { id } }"}', headers);
    expect(reply.headers.get('content-type')).toContain('application/graphql-response+json');
  });

  it('shows browsers no page that loads anything from elsewhere, at any address for GraphQL', async () => {
    for (const path of [
      '/graphql',
      '/graphql?query={encoders{name}}',
      '/subgraph',
      '/subgraph?query={encoders{name}}',
    ]) {
      const { headers, text } = await shop.send(path, { headers: { accept: 'text/html,*/*;q=0.8' } });
      expect([path, text]).not.toEqual([path, expect.stringMatching(/https?:\/\/|\bsrc="\/\//)]);
      expect(headers.get('content-type')).toContain(path.startsWith('/graphql') ? 'text/html' : 'json');
    }
  });

  it('refuses an operation that asks too much at once, however it is wrapped', async () => {
    const aliases = Array.from({ length: 200 }, (_, n) => `a${String(n)}: search(input: {}) { id }`).join(' ');
    const nested = `${'{ not: '.repeat(500)}null${' }'.repeat(500)}`;
    const bomb = Array.from(
      { length: 30 },
      (_, n) => `fragment F${String(n)} on Item { id ...F${String(n + 1)} ...F${String(n + 1)} }`,
    );
    const variants = Array.from({ length: 40 }, (_, n) => `a${String(n)}: variants { id }`).join(' ');
    for (const [query, code] of [
      [`{ ${aliases} }`, 'OPERATION_TOO_LARGE'],
      [`{ search(input: {}) { edges { ${variants} } } }`, 'OPERATION_TOO_LARGE'],
      [`{ search(input: { filter: ${nested} }) { id } }`, 'INVALID_INPUT'],
      [`{ item(id: "i001") { ...F0 } } ${bomb.join(' ')} fragment F30 on Item { title }`, 'OPERATION_TOO_LARGE'],
      [`{ ${'item(id: "i001") { id } '.repeat(2000)} }`, 'GRAPHQL_PARSE_FAILED'],
    ] as const) {
      const answer = await shop.ask(query);
      expect([answer.status, codesOf(answer)[0]]).toEqual([400, code]);
    }
  });

  it.each([
    ['lists', '{ and: [', '] }'],
    ['lists that are left to be understood', '{ and: ', ' }'],
  ])('refuses a value of %s within each other before it is planned, which would take hours', async (_, open, close) => {
    const search = async (levels: number) => {
      const filter = `${open.repeat(levels)}{ ids: ["i001"] }${close.repeat(levels)}`;
      const { status, errors } = await shop.ask(`{ search(input: { filter: ${filter} }) { nodes { id } } }`);
      return `${String(status)} ${errors[0]?.message ?? ''}`;
    };
    expect(await search(7)).toBe('200 ');
    expect(await search(8)).toMatch(/^400 filter.* is nested more than 8 levels deep/);
    expect(await search(16)).toMatch(/^400 A value in the document is nested 18 levels deep; at most 10 are allowed/);
  });

  it.each([
    ['is nested too deep to be read', 'GRAPHQL_PARSE_FAILED', `{ item(id: ${'['.repeat(3900)}`],
    [
      'names the same fields so often',
      'GRAPHQL_VALIDATION_FAILED',
      `{ item(id: "i001") { ${'title '.repeat(1900)} } }`,
    ],
  ])('says of a document that %s so', async (named, code, query) => {
    const { status, errors } = await shop.ask(query);
    expect([status, errors[0]?.extensions.code]).toEqual([400, code]);
    expect(errors[0]?.message).toContain(named);
  });

  it('refuses variables that are nested without end', async () => {
    const levels = 100_000;
    const input = `{"filter":${'{"not":'.repeat(levels)}null${'}'.repeat(levels)}}`;
    const query = 'query ($input: SearchInput!) { search(input: $input) { id } }';
    const reply = await post(`{"query":"${query}","variables":{"input":${input}}}`);
    expect([reply.status, codeOf(reply)]).toEqual([400, 'INVALID_INPUT']);
  });

  it.each(['/%E0%A4%A', '/pictures/demo/%E0%A4%A.webp', `/pictures/${'x'.repeat(200)}/y.webp`])(
    'says of an address that cannot be read so, in the shape of every other error: %s',
    async (path) => {
      const reply = await shop.send(path);
      expect([reply.status, codeOf(reply)]).toEqual([400, 'INVALID_INPUT']);
      expect(reply.headers.get('x-request-id')).toBeTruthy();
    },
  );

  it('says so of what is no HTTP, too', async () => {
    const { port } = shop.medley.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1', () => socket.write('good day\r\n\r\n'));
    const [head, body] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(codeOf({ text: body ?? '' } as Reply)).toBe('INVALID_INPUT');
  });

  it('waits no longer than half a minute for a request to come whole, also for a body that drips in', () => {
    const { requestTimeout, headersTimeout } = shop.medley.app.server;
    expect([requestTimeout, headersTimeout]).toEqual([30_000, 30_000]);
  });

  it('names every request, by the id that it came with where that is one', async () => {
    const id = async (given?: string) => {
      const headers = { ...JSON_BODY, ...(given !== undefined && { 'x-request-id': given }) };
      return (await post('{"query":"{ encoders { name } }"}', headers)).headers.get('x-request-id');
    };
    const [one, two] = [await id(), await id()];
    expect(one).toMatch(/^[\w-]{36}$/);
    expect(two).not.toBe(one);
    expect(await id('checkout-17')).toBe('checkout-17');
    expect(await id('{"level":60}')).toMatch(/^[\w-]{36}$/);
  });

  it('has nothing at unknown addresses, and says so as JSON', async () => {
    for (const path of [
      '/nothing',
      `${shop.url}//`,
      `${shop.url}//evil`,
      '/%00',
      '/graphiql/%00',
      '/graphql/x',
      '/internal/evidence/shown',
      '/pictures/corner/../../secret',
      '/pictures/corner/%2e%2e/items.jsonl',
    ])
      expect((await shop.send(path)).status).toBe(404);
  });
});
