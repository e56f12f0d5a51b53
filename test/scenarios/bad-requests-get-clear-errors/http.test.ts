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
  ])('answers %s with status 400 and a code', async (_, body, code) => {
    const reply = await post(body);
    expect([reply.status, codeOf(reply)]).toEqual([400, code]);
  });

  it('refuses a body that is no JSON by its content type', async () => {
    const reply = await post('{ item(id: "i001") { id } }', { 'content-type': 'text/plain' });
    expect([reply.status, codeOf(reply)]).toEqual([415, 'WRONG_CONTENT_TYPE']);
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

  it.each(['PUT', 'DELETE', 'PATCH'])('has nothing for %s', async (method) => {
    expect((await shop.send('/graphql', { method })).status).toBe(404);
  });

  it('speaks application/graphql-response+json to whoever asks for it', async () => {
    const headers = { ...JSON_BODY, accept: 'application/graphql-response+json' };
    const reply = await post('{"query":"{ item(id: \\"i001\\") { id } }"}', headers);
    expect(reply.headers.get('content-type')).toContain('application/graphql-response+json');
  });

  it('refuses an operation that asks too much at once, however it is wrapped', async () => {
    const aliases = Array.from({ length: 200 }, (_, n) => `a${String(n)}: search(input: {}) { id }`).join(' ');
    const nested = `${'{ not: '.repeat(500)}null${' }'.repeat(500)}`;
    const bomb = Array.from(
      { length: 30 },
      (_, n) => `fragment F${String(n)} on Item { id ...F${String(n + 1)} ...F${String(n + 1)} }`,
    );
    for (const [query, code] of [
      [`{ ${aliases} }`, 'OPERATION_TOO_LARGE'],
      [`{ search(input: { filter: ${nested} }) { id } }`, 'INVALID_INPUT'],
      [`{ item(id: "i001") { ...F0 } } ${bomb.join(' ')} fragment F30 on Item { title }`, 'OPERATION_TOO_LARGE'],
      [`{ ${'item(id: "i001") { id } '.repeat(2000)} }`, 'GRAPHQL_PARSE_FAILED'],
    ] as const) {
      const answer = await shop.ask(query);
      expect([answer.status, codesOf(answer)[0]]).toEqual([400, code]);
    }
  });

  it('has nothing at unknown addresses, and says so as JSON', async () => {
    for (const path of [
      '/nothing',
      '/graphql/x',
      '/internal/evidence/shown',
      '/pictures/corner/../../secret',
      '/pictures/corner/%2e%2e/items.jsonl',
    ])
      expect((await shop.send(path)).status).toBe(404);
  });
});
