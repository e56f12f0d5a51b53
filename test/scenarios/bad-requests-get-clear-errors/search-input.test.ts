import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Found } from '../../support/front-door.ts';
import { lostIn } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const SEARCH =
  'query ($input: SearchInput!, $first: Int, $after: String) { search(input: $input, first: $first, after: $after) { id edges { itemId } totalCount { value } ranking { weights { signal weight } } facets { field values { value } } degradations { code message } } }';
const SIMILAR =
  'query ($input: SimilarItemsInput!, $first: Int) { similarItems(input: $input, first: $first) { edges { itemId } degradations { code message } } }';
const SHELVES = 'query ($input: RecommendationsInput!) { recommendations(input: $input) { kind items { itemId } } }';

type SearchAnswer = Answer<{ readonly search: Found }>;

const search = (input: object, page: object = {}): Promise<SearchAnswer> => shop.ask(SEARCH, { input, ...page });

/** The one complaint of an answer: its code, its status and its words. */
function complaint({ status, errors }: Answer<unknown>) {
  expect(errors).toHaveLength(1);
  return { status, code: errors[0]?.extensions.code, message: errors[0]?.message };
}

const deep = (levels: number): object =>
  levels === 0 ? { field: 'brand', in: ['Kappel'] } : { and: [deep(levels - 1)] };

/** Conditions on the price, with so many values each. */
const many = (conditions: number, values = 1): readonly object[] =>
  Array.from({ length: conditions }, () => ({
    field: 'price',
    in: Array.from({ length: values }, (_, n) => String(n)),
  }));

describe('a search that cannot be meant so', () => {
  it.each<[code: string, named: RegExp, input: object]>([
    ['QUERY_TOO_LONG', /10000 characters; at most 1000/, { text: 'x'.repeat(10_000) }],
    ['UNKNOWN_PROFILE', /no ranking profile summer.*Known: /, { text: 'mug', profile: { key: 'summer' } }],
    ['UNKNOWN_PROFILE', /default version 99/, { text: 'mug', profile: { key: 'default', version: 99 } }],
    ['UNKNOWN_FIELD', /"flavour".*brand/, { text: 'mug', filter: { field: 'flavour', in: ['sweet'] } }],
    ['UNKNOWN_FIELD', /"flavour".*brand/, { text: 'mug', facets: [{ field: 'flavour' }] }],
    ['UNKNOWN_FIELD', /"brand".*string/, { text: 'mug', filter: { field: 'brand', range: { gte: 1 } } }],
    ['UNKNOWN_FIELD', /"brand".*string/, { text: 'mug', facets: [{ field: 'brand', ranges: [{ from: 1 }] }] }],
    ['UNKNOWN_FIELD', /"price".*"cheap"/, { text: 'mug', filter: { field: 'price', in: ['cheap'] } }],
    ['UNKNOWN_FIELD', /"washable".*"maybe"/, { text: 'mug', filter: { not: { field: 'washable', in: ['maybe'] } } }],
    [
      'INVALID_INPUT',
      /filter\.range.*50.*10/,
      { text: 'mug', filter: { field: 'price', range: { gte: 50, lte: 10 } } },
    ],
    ['INVALID_INPUT', /facets\[0\]\.ranges\[1\]/, { facets: [{ field: 'price', ranges: [{}, { from: 9, to: 3 }] }] }],
    ['INVALID_INPUT', /levels deep/, { text: 'mug', filter: deep(100) }],
    ['INVALID_INPUT', /filter has 102 conditions.*at most 100/, { text: 'mug', filter: { or: many(101) } }],
    [
      'INVALID_INPUT',
      /filter lists 1200 values.*at most 1000/,
      { text: 'mug', filter: { not: { and: many(3, 400) } } },
    ],
    ['INVALID_INPUT', /filter has 2 of/, { text: 'mug', filter: { field: 'brand', in: ['a'], ids: ['1'] } }],
    ['INVALID_INPUT', /parts\[0\] has 2 of/, { parts: [{ text: 'mug', itemId: 'i001' }] }],
    ['INVALID_INPUT', /parts\[1\] has 0 of/, { parts: [{ text: 'mug' }, { weight: 2 }] }],
    ['INVALID_INPUT', /parts\[0\].imageId" is not an id/, { parts: [{ imageId: '' }] }],
    ['INVALID_INPUT', /parts\[0\].*empty/, { text: 'mug', parts: [{ imageUrl: ' ' }] }],
    ['INVALID_INPUT', /parts\[1\].itemId" is not an id/, { parts: [{ text: '' }, { itemId: '' }] }],
    ['INVALID_INPUT', /parts/, { parts: Array.from({ length: 17 }, () => ({ text: 'mug' })) }],
    ['INVALID_INPUT', /minScore.*1\.5/, { text: 'mug', minScore: 1.5 }],
    ['INVALID_INPUT', /strength/, { text: 'mug', personalization: { strength: -0.1 } }],
    ['INVALID_INPUT', /userId/, { text: 'mug', userId: 'a'.repeat(600) }],
    ['INVALID_INPUT', /clientId/, { text: 'mug', clientId: 'a\0b' }],
    ['INVALID_WEIGHTS', /text is -1/, { text: 'mug', weights: { text: -1 } }],
    ['INVALID_WEIGHTS', /All weights are 0/, { text: 'mug', weights: { text: 0, image: 0, lexical: 0 } }],
    ['INVALID_WEIGHTS', /All weights are 0/, { text: 'mug', weights: {} }],
    ['INVALID_WEIGHTS', /parts\[0\] is 0/, { parts: [{ text: 'mug', weight: 0 }] }],
    ['INVALID_WEIGHTS', /parts\[0\] is 1000/, { parts: [{ text: 'mug', weight: 1000 }] }],
    ['INVALID_WEIGHTS', /parts\[0\] is -1e-300/, { parts: [{ text: 'mug', weight: -1e-300 }] }],
    ['CURSOR_MALFORMED', /not made by this service/, { text: 'mug', after: 'tomorrow' }],
  ])('is refused with %s and names what is wrong: %s', async (code, named, { after, ...input }: { after?: string }) => {
    const refused = complaint(await search(input, { after }));
    expect(refused).toMatchObject({ status: 400, code });
    expect(refused.message).toMatch(named);
  });

  it.each([0, -1])('is refused when a page of %d is asked for', async (first) => {
    expect(complaint(await search({ text: 'mug' }, { first }))).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    const similar = await shop.ask(SIMILAR, { input: { like: [{ id: 'i001' }] }, first });
    expect(complaint(similar)).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
  });

  it('gets the largest page there is when a hundred thousand hits are asked for', async () => {
    const { data } = await search({}, { first: 100_000 });
    expect(data.search.edges).toHaveLength(60);
  });

  it.each([
    ['NaN', '{"query":"{ search(input: { text: \\"a\\" }) { id } }","variables":{"w":NaN}}'],
    ['Infinity', '{"query":"{ search(input: { text: \\"a\\" }) { id } }","variables":{"w":1e999}'],
  ])('is refused when a weight is %s, which JSON cannot carry', async (_, body) => {
    const reply = await shop.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('INVALID_INPUT');
  });

  it('is refused when a weight is beyond all numbers, 1e999', async () => {
    const query = '{ search(input: { text: "mug", weights: { text: 1e999 } }) { id } }';
    expect(await shop.ask(query)).toMatchObject({ status: 400 });
    const parts = '{ search(input: { parts: [{ text: "mug", weight: 1e999 }] }) { id } }';
    expect(await shop.ask(parts)).toMatchObject({ status: 400 });
  });

  it('is refused with the name of a sort field that is none', async () => {
    const refused = complaint(await search({ text: 'mug', sort: [{ field: 'COLOUR' }] }));
    expect(refused).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(refused.message).toMatch(/COLOUR/);
  });
});

describe('a search whose answer explains itself', () => {
  it.each([
    ['nothing', {}],
    ['an empty text', { text: '' }],
    ['spaces', { text: ' \t\n ' }],
    ['an empty part', { parts: [{ text: ' ' }] }],
    ['null parts', { text: null, parts: null }],
  ])('shows what is popular when %s is asked', async (_, input) => {
    const { data } = await search(input, { first: 3 });
    expect(data.search.edges.map(({ itemId }) => itemId)).toEqual(['i000', 'i001', 'i002']);
    expect(data.search.totalCount.value).toBe(60);
  });

  it.each([
    '👗👠',
    '赤いマグカップ',
    'كوب أحمر',
    '‮mug‬',
    'mug\0mug',
    '\ud83d',
    '" OR 1=1 --',
    '\\"(+*~^{}[]:/',
    'AND OR NOT',
    'a'.repeat(1000),
    '\u0301\u0301\u0301',
    '%00%ff',
    '<script>alert(1)</script>',
    '${jndi:ldap://x}',
  ])('takes any words: %j', async (text) => {
    const { status, errors, data } = await search({ text }, { first: 5 });
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    expect(lostIn(data.search)).toEqual([]);
    expect(data.search.edges.length).toBeLessThanOrEqual(5);
  });

  it('bounds weights that a profile does not allow, and shows what they became', async () => {
    const { data } = await search({ text: 'red mug', weights: { lexical: 1_000_000, text: 1 } });
    const weights = data.search.ranking.weights;
    expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 5);
    for (const { weight } of weights) expect(weight).toBeGreaterThanOrEqual(0);
  });

  it.each<[name: string, lacks: RegExp, input: object]>([
    ['item vectors that were never trained', /ITEM/, { text: 'red mug', weights: { item: 1 } }],
    ['words that were not sent', /LEXICAL/, { parts: [{ itemId: 'i001' }], profile: { key: 'words' } }],
  ])('says so where only %s could rank', async (_, lacks, input) => {
    const { data } = await search(input);
    expect(data.search.edges).toEqual([]);
    expect(data.search.degradations.map(({ message }) => message)).toContainEqual(expect.stringMatching(lacks));
  });

  it('says so where similar items are to be ranked by words alone', async () => {
    const input = { like: [{ id: 'i001' }], weights: { lexical: 1 } };
    const { data } = await shop.ask<{ readonly similarItems: Found }>(SIMILAR, { input });
    expect(data.similarItems.edges).toEqual([]);
    expect(data.similarItems.degradations).toMatchObject([{ code: 'ROUTE_MISSING' }]);
  });

  it('takes weights as large as numbers are', async () => {
    const { data } = await search({ text: 'red mug', weights: { lexical: 1e308, text: 1e308 } });
    expect(data.search.ranking.weights).toMatchObject([{ weight: 0.5 }, { weight: 0.5 }]);
  });

  it('lists an item that is not there, and answers the rest', async () => {
    const { data, errors } = await search({ text: 'mug', parts: [{ itemId: 'no-such' }] });
    expect(errors).toEqual([]);
    expect(lostIn(data.search)).toEqual(['ITEM_GONE']);
    expect(data.search.degradations.find(({ code }) => code === 'ITEM_GONE')?.message).toContain('no-such');
    expect(data.search.edges.length).toBeGreaterThan(0);
    const alone = await search({ parts: [{ itemId: 'no-such' }] });
    expect(alone.data.search.edges).toEqual([]);
    expect(lostIn(alone.data.search)).toEqual(['ITEM_GONE']);
  });

  it('answers an item that is not there with null, and similar items of it with UNKNOWN_ITEM', async () => {
    expect(await shop.ask('{ item(id: "no-such") { id } }')).toMatchObject({ status: 200, data: { item: null } });
    const similar = await shop.ask(SIMILAR, { input: { like: [{ id: 'no-such' }] } });
    expect(complaint(similar)).toMatchObject({ status: 404, code: 'UNKNOWN_ITEM' });
    expect(similar.errors[0]?.message).toContain('no-such');
  });

  it('lists a filter that nothing passes as no hits', async () => {
    const { data } = await search({ text: 'mug', filter: { ids: ['no-such'] } });
    expect(data.search).toMatchObject({ edges: [], totalCount: { value: 0 } });
  });
});

describe('other questions that cannot be meant so', () => {
  it.each([
    ['INVALID_INPUT', { like: [] }],
    ['INVALID_WEIGHTS', { like: [{ id: 'i001', weight: -1 }] }],
    ['INVALID_WEIGHTS', { like: [{ id: 'i001', weight: 1e40 }] }],
    ['INVALID_WEIGHTS', { like: [{ id: 'i001' }], unlike: [{ id: 'i002', weight: 1e-50 }] }],
    ['INVALID_INPUT', { like: [{ id: 'i001' }], diversity: 2 }],
    ['UNKNOWN_FIELD', { like: [{ id: 'i001' }], filter: { field: 'flavour', in: ['a'] } }],
    ['INVALID_INPUT', { like: Array.from({ length: 51 }, () => ({ id: 'i001' })) }],
  ])('similar items refuse with %s: %j', async (code, input) => {
    expect(complaint(await shop.ask(SIMILAR, { input }))).toMatchObject({ status: 400, code });
  });

  it.each([
    ['INVALID_INPUT', { shelves: [] }],
    ['INVALID_INPUT', { shelves: Array.from({ length: 11 }, () => ({ kind: 'TRENDING' })) }],
    ['INVALID_INPUT', { shelves: [{ kind: 'TRENDING', first: 0 }] }],
    ['UNKNOWN_FIELD', { shelves: [{ kind: 'TRENDING' }], filter: { field: 'flavour', in: ['a'] } }],
  ])('shelves refuse with %s: %j', async (code, input) => {
    expect(complaint(await shop.ask(SHELVES, { input }))).toMatchObject({ status: 400, code });
  });

  it('suggestions take any prefix and any limit', async () => {
    for (const prefix of ['', ' ', 'Al', '👗', '\0', 'x'.repeat(10_000)])
      expect(
        await shop.ask('query ($prefix: String!) { suggest(prefix: $prefix, limit: 100000) { text } }', { prefix }),
      ).toMatchObject({ status: 200, errors: [] });
    const usual = await shop.ask('{ suggest(prefix: "Al") { text } }');
    expect((await shop.ask('{ suggest(prefix: "Al", limit: null) { text } }')).data).toEqual(usual.data);
    expect((await shop.ask('{ suggest(prefix: "Al", limit: -5) { text } }')).status).toBe(200);
  });
});
