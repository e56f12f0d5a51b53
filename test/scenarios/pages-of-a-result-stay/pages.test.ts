import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubgraphName } from '../../../src/gateway/subgraph-client/subgraph-client.ts';
import { codesOf, lostIn } from '../../support/front-door.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const dead = new Set<SubgraphName>();
const sent: SubgraphName[] = [];

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({
    env: { MEDLEY_DEADLINE: '20000', MEDLEY_VIEWER_DEADLINE: '10000', MEDLEY_ENCODING_DEADLINE: '10000' },
    between: (name, transport) => ({
      ...transport,
      send: (request, deadline) => {
        sent.push(name);
        return dead.has(name) ? Promise.reject(new Error('gone')) : transport.send(request, deadline);
      },
    }),
  });
});
afterAll(() => shop.close());

const QUERY = {
  text: 'red mug',
  clientId: 'browser',
  facets: [{ field: 'brand' }, { field: 'price', ranges: [{ to: 30 }, { from: 30 }] }],
};

const idsOf = (found: Found): readonly string[] => found.edges.map(({ itemId }) => itemId);

const click = (itemId: string, queryId: string): Promise<unknown> =>
  shop.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted } }', {
    events: [
      {
        id: `click on ${itemId} of ${queryId}`,
        clientId: 'browser',
        queryId,
        itemId,
        action: 'CLICK',
        occurredAt: new Date().toISOString(),
      },
    ],
  });

/** All pages of a search, from the first to the last. */
async function allPages(input: object, first: number): Promise<readonly Found[]> {
  const pages = [await shop.search(input, { first })];
  for (;;) {
    const last = pages.at(-1);
    if (!last?.pageInfo.hasNextPage) return pages;
    pages.push(await shop.search(input, { first, after: last.pageInfo.endCursor }));
  }
}

describe('the pages of a result', () => {
  it('show every hit once, in one order, with the same totals and facets, and end at the window', async () => {
    const pages = await allPages(QUERY, 7);
    const [first] = pages;
    const ids = pages.flatMap(idsOf);
    expect(ids).toHaveLength(first?.totalCount.value ?? 0);
    expect(new Set(ids).size).toBe(ids.length);
    const edges = pages.flatMap((page) => page.edges);
    expect(edges.map(({ position }) => position)).toEqual(edges.map((_, i) => i + 1));
    expect(edges.map(({ score }) => score)).toEqual(edges.map(({ score }) => score).toSorted((a, b) => b - a));
    for (const page of pages) {
      expect(page).toMatchObject({ id: first?.id, totalCount: first?.totalCount, facets: first?.facets });
      expect(page.ranking).toEqual(first?.ranking);
    }
    const brands = first?.facets.find(({ field }) => field === 'brand')?.values ?? [];
    expect(brands.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length);
    const beyond = await shop.search(QUERY, { after: pages.at(-1)?.pageInfo.endCursor ?? '' });
    expect(beyond).toMatchObject({ edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
  });

  it('agree when the whole catalogue is browsed, sorted by price', async () => {
    const input = { sort: [{ field: 'PRICE', direction: 'DESC' }] };
    const ids = (await allPages(input, 13)).flatMap(idsOf);
    expect(ids).toEqual(Array.from({ length: 60 }, (_, n) => `i${String(59 - n).padStart(3, '0')}`));
  });

  it.each([
    ['PRICE', 'i000'],
    ['NEWEST', 'i059'],
    ['POPULARITY', 'i000'],
  ])('begin, sorted by %s without a direction, with the item that one looks for: %s', async (field, itemId) => {
    expect(idsOf(await shop.search({ sort: [{ field }] }, { first: 1 }))).toEqual([itemId]);
  });

  it('stay as they are, sorted by relevance without a direction', async () => {
    const sorted = await shop.search({ text: 'red mug', sort: [{ field: 'RELEVANCE' }] });
    expect(idsOf(sorted)).toEqual(idsOf(await shop.search({ text: 'red mug' })));
  });

  it('show the same page two when the viewer clicks in between', async () => {
    const first = await shop.search(QUERY, { first: 5 });
    const after = first.pageInfo.endCursor;
    const second = await shop.search(QUERY, { first: 5, after });
    for (const id of idsOf(second)) await click(id, first.id);
    expect(await shop.search(QUERY, { first: 5, after })).toEqual(second);
  });

  it('show the same page two, which ranks nothing, when user-profile and query-embedding died', async () => {
    const first = await shop.search(QUERY, { first: 5 });
    const after = first.pageInfo.endCursor;
    const second = await shop.search(QUERY, { first: 5, after });
    dead.add('user-profile').add('query-embedding');
    expect(await shop.search(QUERY, { first: 5, after })).toEqual(second);
    dead.clear();
    expect(lostIn(second)).toEqual([]);
  });

  it('keep the place of an item that was deleted meanwhile, with node null', async () => {
    const first = await shop.search(QUERY, { first: 5 });
    const after = first.pageInfo.endCursor;
    const second = await shop.search(QUERY, { first: 5, after });
    const gone = idsOf(second)[2] ?? '';
    await shop.ask('mutation ($ids: [ID!]!) { deleteItems(ids: $ids) { accepted } }', { ids: [gone] });
    const again = await shop.search(QUERY, { first: 5, after });
    expect(idsOf(again)).toEqual(idsOf(second));
    expect(again.edges.map(({ node }) => node === null)).toEqual([false, false, true, false, false]);
    expect(again.totalCount).toEqual(second.totalCount);
    expect(idsOf(await shop.search(QUERY, { first: 100 }))).not.toContain(gone);
  });

  it('are found again after a restart', async () => {
    const first = await shop.search(QUERY, { first: 5 });
    const after = first.pageInfo.endCursor;
    const second = await shop.search(QUERY, { first: 5, after });
    shop = await shop.reopen();
    expect(await shop.search(QUERY, { first: 5, after })).toEqual(second);
  });

  it('can be walked for similar items, too', async () => {
    const ask = (after: string | null) =>
      shop.ask<{ similarItems: Pick<Found, 'edges' | 'pageInfo'> }>(
        'query ($after: String) { similarItems(input: { like: [{ id: "i003" }] }, first: 4, after: $after) { edges { itemId } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
    const first = (await ask(null)).data.similarItems;
    const second = (await ask(first.pageInfo.endCursor)).data.similarItems;
    const ids = [...first.edges, ...second.edges].map(({ itemId }) => itemId);
    expect(new Set(ids).size).toBe(8);
    expect(ids).not.toContain('i003');
  });

  it('tell all the same query id, searched or similar, under a name that caches do not take for an id of each page', async () => {
    const page = '... on ItemPage { queryId pageInfo { endCursor } }';
    const document = `query ($search: String, $similar: String) {
      search(input: { text: "red mug" }, first: 2, after: $search) { id ${page} }
      similarItems(input: { like: [{ id: "i003" }] }, first: 2, after: $similar) { id ${page} }
    }`;
    type Told = Pick<Found, 'id' | 'pageInfo'> & { readonly queryId: string };
    const first = await shop.ask<{ readonly search: Told; readonly similarItems: Told }>(document);
    const { search, similarItems } = first.data;
    const after = { search: search.pageInfo.endCursor, similar: similarItems.pageInfo.endCursor };
    const second = await shop.ask<{ readonly search: Told; readonly similarItems: Told }>(document, after);
    expect([search.queryId, similarItems.queryId]).toEqual([search.id, similarItems.id]);
    expect([second.data.search.queryId, second.data.similarItems.queryId]).toEqual([search.id, similarItems.id]);
  });
});

describe('a cursor', () => {
  const PAGE =
    'query ($input: SearchInput!, $after: String) { search(input: $input, after: $after) { edges { itemId } } }';
  const refused = async (input: object, after: string) => {
    const answer = await shop.ask(PAGE, { input, after });
    return [answer.status, ...codesOf(answer)];
  };

  it('of another request is refused as CURSOR_MISMATCH: other words, filter or viewer', async () => {
    const { pageInfo } = await shop.search(QUERY, { first: 5 });
    for (const changed of [{ text: 'blue mug' }, { filter: { ids: ['i001'] } }, { clientId: 'other' }])
      expect(await refused({ ...QUERY, ...changed }, pageInfo.endCursor)).toEqual([400, 'CURSOR_MISMATCH']);
  });

  it('that this service did not make is refused as CURSOR_MALFORMED: made up, cut or changed by a letter', async () => {
    const { endCursor } = (await shop.search(QUERY, { first: 5 })).pageInfo;
    const changed = endCursor.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A'));
    for (const after of ['', 'made up', endCursor.slice(0, 40), endCursor.slice(1), changed, '\0'])
      expect(await refused(QUERY, after)).toEqual([400, 'CURSOR_MALFORMED']);
  });
});

describe('a result whose time is up', () => {
  it('is refused as CURSOR_EXPIRED, with status 410', async () => {
    const short = await openShop({ items: 12, env: { MEDLEY_CURSOR_TTL: '1' } });
    try {
      const { pageInfo } = await short.search({ text: 'mug' }, { first: 2 });
      const answer = await short.ask(
        'query ($after: String) { search(input: { text: "mug" }, after: $after) { edges { itemId } } }',
        { after: pageInfo.endCursor },
      );
      expect([answer.status, ...codesOf(answer)]).toEqual([410, 'CURSOR_EXPIRED']);
    } finally {
      await short.close();
    }
  });
});

describe('a search asked for its id alone', () => {
  it('does no ranking work', async () => {
    sent.length = 0;
    const { data } = await shop.ask<{ search: { id: string } }>('{ search(input: { text: "red mug" }) { id } }');
    expect(data.search.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent).toEqual([]);
    await shop.search({ text: 'red mug' });
    expect(sent.toSorted()).toEqual(['query-embedding', 'retrieval', 'user-profile']);
  });
});
