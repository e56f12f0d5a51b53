import { describe, expect, it } from '@jest/globals';
import type { SearchQuery, ViewerRef } from '../../../../src/vocabulary/search-request.ts';
import type { Reaction } from '../../../../src/vocabulary/viewer-event.ts';
import type { LoggedSearch } from '../../../../subgraphs/retrieval/judging/logged-search.ts';
import { queryLog } from '../../../../subgraphs/retrieval/judging/read-log.ts';
import type { Window } from '../../../../subgraphs/retrieval/ranking/window.ts';
import { memoryWindowStore } from '../../../../subgraphs/retrieval/window-store.ts';

const ITEMS = Array.from({ length: 12 }, (_, n) => `i${n}`);

function windowOf(queryId: string, request: Partial<SearchQuery> = {}, didYouMean?: string): Window {
  const search: SearchQuery = {
    kind: 'SEARCH',
    queryId,
    hash: 'h',
    viewer: { clientId: 'phone' },
    first: 3,
    parts: [{ kind: 'TEXT', text: 'Red  Mug ', weight: 1 }],
    facets: [],
    sort: [],
    personalization: { enabled: true },
    ...request,
  };
  return {
    queryId,
    generation: 'g',
    request: search,
    ranking: { profile: 'default', version: 1, weights: [], window: 500 },
    hits: ITEMS.map((id) => ({ id, score: 1, boost: 0, signals: {} })),
    total: { value: ITEMS.length, relation: 'EXACT' },
    facets: [],
    degradations: [],
    ...(didYouMean !== undefined && { didYouMean }),
  };
}

/** What is read of windows, the oldest first, when this came of them. */
async function read(
  windows: readonly Window[],
  reactions: readonly Reaction[] = [],
  most = 1000,
): Promise<readonly LoggedSearch[]> {
  let now = 1000;
  const store = memoryWindowStore({ cursorTtl: 1, retention: 1e9, now: () => now });
  for (const window of windows) {
    now += 1;
    await store.put(window);
  }
  const behaviour = {
    reactions: (ids: readonly string[]) => Promise.resolve(reactions.filter(({ queryId }) => ids.includes(queryId))),
  };
  const searches: LoggedSearch[] = [];
  let done = 0;
  for await (const part of queryLog({ windows: store, behaviour })({ since: 0, most })) {
    expect(part.total).toBe(Math.min(most, windows.length));
    searches.push(...part.searches);
    ({ done } = part);
  }
  expect(done).toBe(Math.min(most, windows.length));
  return searches.toReversed();
}

const chosen = (queryId: string, place: number, worth = 1): Reaction => ({ queryId, itemId: `i${place - 1}`, worth });

describe('the query log', () => {
  it('is read with what was chosen of the page that was shown', async () => {
    const [search] = await read([windowOf('q')], [chosen('q', 2, 8), { queryId: 'q', itemId: 'elsewhere', worth: 1 }]);
    expect(search).toEqual({
      words: 'red mug',
      viewer: 1,
      shown: [
        { item: 'i0', position: 1, worth: 0 },
        { item: 'i1', position: 2, worth: 8 },
        { item: 'i2', position: 3, worth: 0 },
      ],
    });
  });

  it('shows as many pages as it takes to come to what was chosen', async () => {
    const [search] = await read([windowOf('q')], [chosen('q', 7)]);
    expect(search?.shown.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('shows what impressions say was seen, where there are any', async () => {
    const [search] = await read([windowOf('q')], [chosen('q', 1, 0), chosen('q', 4, 0), chosen('q', 5, 4)]);
    expect(search?.shown).toEqual([
      { item: 'i0', position: 1, worth: 0 },
      { item: 'i3', position: 4, worth: 0 },
      { item: 'i4', position: 5, worth: 4 },
    ]);
  });

  it('takes words as they were meant', async () => {
    const searches = await read([windowOf('a', { parts: [{ kind: 'TEXT', text: 'red mgu', weight: 1 }] }, 'red Mug')]);
    expect(searches.map(({ words }) => words)).toEqual(['red mug']);
  });

  it.each<[string, Partial<SearchQuery>]>([
    ['a filter', { filter: { kind: 'IDS', ids: ['i0'] } as unknown as SearchQuery['filter'] }],
    ['an order', { sort: [{ field: 'PRICE', direction: 'ASC' }] }],
    ['weights', { weights: { TEXT: 1 } }],
    ['a strength', { personalization: { enabled: true, strength: 1 } }],
    [
      'an item beside the words',
      {
        parts: [
          { kind: 'TEXT', text: 'mug', weight: 1 },
          { kind: 'ITEM', itemId: 'i0', weight: 1 },
        ],
      },
    ],
    ['words unlike', { parts: [{ kind: 'TEXT', text: 'mug', weight: -1 }] }],
    ['no words', { parts: [] }],
  ])('leaves out searches with %s', async (_, request) => {
    expect(await read([windowOf('q', request)], [chosen('q', 1)])).toEqual([]);
  });

  it('leaves out similar items', async () => {
    const like = { kind: 'SIMILAR', queryId: 'q', hash: 'h', viewer: {}, first: 5, like: [], unlike: [] } as const;
    expect(await read([{ ...windowOf('q'), request: like }], [chosen('q', 1)])).toEqual([]);
  });

  it('leaves out searches of nobody from which nothing came', async () => {
    const searches = await read([windowOf('q', { viewer: {} }), windowOf('r', { viewer: {} })], [chosen('r', 1)]);
    expect(searches).toHaveLength(1);
  });

  it('tells viewers apart without naming them', async () => {
    const viewers: readonly ViewerRef[] = [
      { userId: 'ann' },
      { clientId: 'ann' },
      { userId: 'ann', clientId: 'tv' },
      {},
      {},
    ];
    const windows = viewers.map((viewer, n) => windowOf(`q${n}`, { viewer }));
    const searches = await read(
      windows,
      windows.map(({ queryId }) => chosen(queryId, 1)),
    );
    const numbers = searches.map(({ viewer }) => viewer);
    expect(numbers[0]).toBe(numbers[2]);
    expect(new Set(numbers).size).toBe(4);
    expect(JSON.stringify(searches)).not.toMatch(/ann|tv/);
  });

  it('is read to its end, however long, and no further than was asked', async () => {
    const windows = Array.from({ length: 120 }, (_, n) => windowOf(`q${n}`));
    expect(await read(windows)).toHaveLength(120);
    expect(await read(windows, [], 70)).toHaveLength(70);
  });
});
