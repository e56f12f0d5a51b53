import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addKey } from '../../../src/gateway/access/key-file.ts';
import { codesOf } from '../../support/front-door.ts';
import type { Answer } from '../../support/front-door.ts';
import { until } from '../../support/is-alive.ts';
import { openOwnGraph } from '../../support/own-graph.ts';
import type { OwnGraph } from '../../support/own-graph.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

interface Joined {
  readonly id: string;
  readonly title: string;
  readonly product: { readonly sku: string; readonly stock: number };
  readonly label: string;
}

describe('a supergraph of the shop in which Medley is one subgraph', () => {
  let shop: Shop;
  let graph: OwnGraph;
  beforeAll(async () => {
    shop = await openShop();
    graph = await openOwnGraph(`${shop.url}/subgraph`);
  });
  afterAll(async () => {
    await graph.close();
    await shop.close();
  });

  it('is composed of what both say of themselves, and adds its own fields to every hit', async () => {
    const { data, errors } = await graph.ask<{ readonly search: { readonly nodes: readonly Joined[] } }>(
      `query Find($text: String!) {
        search(input: { text: $text }, first: 3) { nodes { id title product { sku stock } label } pageInfo { hasNextPage } }
        orders { pageInfo { hasNextPage } }
      }`,
      { text: 'mug' },
    );
    expect(errors).toBeUndefined();
    expect(data.search.nodes).toHaveLength(3);
    for (const { id, title, product, label } of data.search.nodes) {
      expect(product).toEqual({ sku: id, stock: id.length });
      expect(label).toBe(`Ours: ${title}`);
    }
  });

  it('leads from its own products to items, null where the catalogue has none, in their order', async () => {
    const { data, errors } = await graph.ask<{ readonly products: readonly { readonly item: Joined | null }[] }>(
      `query Products($skus: [ID!]!) { products(skus: $skus) { stock item { id title label category } } }`,
      { skus: ['i003', 'nowhere', 'i001', 'i003'] },
    );
    expect(errors).toBeUndefined();
    const { data: own } = await shop.ask<{ readonly items: readonly ({ readonly title: string } | null)[] }>(
      '{ items(ids: ["i003", "nowhere", "i001", "i003"]) { title } }',
    );
    expect(own.items.map((item) => item !== null)).toEqual([true, false, true, true]);
    expect(data.products.map(({ item }) => item?.title)).toEqual(own.items.map((item) => item?.title));
    expect(data.products[0]?.item?.label).toBe(`Ours: ${String(own.items[0]?.title)}`);
  });

  it('leads from more products than items are answered at once, as long as no more of them are different', async () => {
    const skus = Array.from({ length: 600 }, (_, i) => `i${String(i % 100).padStart(3, '0')}`);
    const { data, errors } = await graph.ask<{ readonly products: readonly { readonly item: Joined | null }[] }>(
      'query Products($skus: [ID!]!) { products(skus: $skus) { item { id title } } }',
      { skus },
    );
    expect(errors).toBeUndefined();
    const told = data.products.flatMap(({ item }, i) => (item ? [[item.id, skus[i], item.title]] : []));
    expect(told.length).toBeGreaterThan(100);
    for (const [id, sku, title] of told) expect([id, title]).toEqual([sku, expect.any(String)]);
  });

  it('tells the price of an item itself, where it says that Medley is not the one to ask', async () => {
    const { data, errors } = await graph.ask<{ readonly search: { readonly nodes: readonly object[] } }>(
      '{ search(input: { text: "mug" }, first: 1) { nodes { id price { amount currency } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.search.nodes).toMatchObject([{ price: { amount: 4, currency: 'XTS' } }]);
  });

  it('passes on what viewers do, and errors with their codes', async () => {
    const { data } = await graph.ask<{ readonly recordEvents: { readonly accepted: number } }>(
      `mutation { recordEvents(events: [
        { id: "4d9fb7c2-6f0e-4f7e-9a3f-4f6f0f7c0b11", action: CLICK, itemId: "i001", clientId: "c", occurredAt: "${new Date().toISOString()}" }
      ]) { accepted } }`,
    );
    expect(data.recordEvents.accepted).toBe(1);
    const { errors } = await graph.ask(
      '{ search(input: { text: "mug", filter: { field: "nothing", in: ["x"] } }) { totalCount { value } } }',
    );
    expect(errors?.[0]?.extensions?.code).toBe('UNKNOWN_FIELD');
  });

  it('has what keys guard guarded, also while everything is open to programs of this machine', async () => {
    const remove = 'mutation { deleteItems(ids: ["i002"]) { accepted } }';
    expect((await graph.ask(remove)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const key = await addKey(join(shop.dataFolder, 'keys.json'), { name: 'router', scopes: ['catalogue:write'] });
    await until(async () => (await graph.ask(remove, {}, key)).errors === undefined);
    const { data } = await graph.ask<{ readonly products: readonly unknown[] }>(
      '{ products(skus: ["i002"]) { item { title } } }',
    );
    expect(data.products).toEqual([{ item: null }]);
  });
});

describe('the address for routers', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ items: 12 });
  });
  afterAll(() => shop.close());

  const ask = async (path: string, query: string, representations?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    // Of several operations the first.
    const operationName = /^query (\w+)/.exec(query)?.[1];
    const body = JSON.stringify({ query, variables: { representations }, operationName });
    const { status, text } = await shop.send(path, { method: 'POST', headers, body });
    return { status, ...(JSON.parse(text) as Pick<Answer<Record<string, unknown>>, 'data' | 'errors'>) };
  };
  const ITEMS = `query ($representations: [_Any!]!) { found: _entities(representations: $representations) { __typename ...Title } }
    fragment Title on Item { title }`;

  it('answers representations that are variables or written out, under any name, beside other questions', async () => {
    const { data } = await ask('/subgraph', ITEMS, [{ __typename: 'Item', id: 'i001' }]);
    const [first] = data['found'] as readonly object[];
    expect(first).toMatchObject({ __typename: 'Item', title: expect.any(String) as unknown });
    const written = await ask(
      '/subgraph',
      `{ item(id: "i001") { title }
         one: _entities(representations: [{ __typename: "Item", id: "i001" }]) { ... on _Entity { ... on Item { title } } }
         ... on Query { none: _entities(representations: []) { __typename } } }`,
    );
    expect(written.errors).toBeUndefined();
    expect(written.data).toEqual({
      item: { title: expect.any(String) as unknown },
      one: [written.data['item']],
      none: [],
    });
  });

  it.each([
    ['of something else', [{ __typename: 'Product', id: 'i001' }]],
    ['without a key', [{ __typename: 'Item' }]],
    ['that is none', ['i001']],
    ['more than are answered at once', Array.from({ length: 501 }, (_, i) => ({ __typename: 'Item', id: i }))],
  ])('refuses a representation %s, in words', async (_, representations) => {
    const { status, data, errors } = await ask('/subgraph', ITEMS, representations);
    expect([status, codesOf({ errors })]).toEqual([200, ['INVALID_INPUT']]);
    expect(data).toBeFalsy();
  });

  it('answers one representation without a list, and those that a variable has by default', async () => {
    const item = { __typename: 'Item', title: expect.any(String) as unknown };
    expect((await ask('/subgraph', ITEMS, { __typename: 'Item', id: 'i001' })).data).toEqual({ found: [item] });
    const byDefault = ITEMS.replace('[_Any!]!', '[_Any!]! = [{ __typename: "Item", id: "i001" }]');
    expect((await ask('/subgraph', byDefault)).data).toEqual({ found: [item] });
  });

  it('answers what stands in a fragment behind the operation, and one operation of several', async () => {
    const many = `query Items($representations: [_Any!]!) { ...Found }
      query Schema { _service { sdl } }
      query Others($others: [_Any!]!) { _entities(representations: $others) { __typename } }
      fragment Found on Query { found: _entities(representations: $representations) { ... on Item { id } } }`;
    const { data, errors } = await ask('/subgraph', many, [{ __typename: 'Item', id: 'i001' }]);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ found: [{ id: 'i001' }] });
  });

  it.each([
    ['are missing', undefined],
    ['are null', null],
    ['hold null', [null]],
  ])('says so where representations %s', async (_, representations) => {
    const { errors } = await ask('/subgraph', ITEMS, representations);
    expect(codesOf({ errors })).toEqual(['BAD_USER_INPUT']);
    expect(errors[0]?.message).toContain('"$representations"');
  });

  it('tells its schema alone', async () => {
    const { data } = await ask('/subgraph', '{ its: _service { sdl __typename } __typename }');
    expect(data).toEqual({
      its: { sdl: expect.stringContaining('type Item @key(fields: "id")') as unknown, __typename: '_Service' },
      __typename: 'Query',
    });
    expect(codesOf(await ask('/subgraph', '{ _service { sdl } catalogue { name } }'))).toEqual(['INVALID_INPUT']);
  });

  it('is no other than the one for clients in all else, which knows none of this', async () => {
    const search = '{ search(input: { text: "mug" }) { totalCount { value } edges { itemId score } } }';
    expect((await ask('/subgraph', search)).data).toEqual((await ask('/graphql', search)).data);
    for (const query of [ITEMS, '{ _service { sdl } }'])
      expect(codesOf(await ask('/graphql', query, []))[0]).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});
