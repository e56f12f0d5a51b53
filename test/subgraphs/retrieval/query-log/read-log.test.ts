import { describe, expect, it } from '@jest/globals';
import type { SearchQuery, ViewerRef } from '../../../../src/vocabulary/search-request.ts';
import type { Reaction } from '../../../../src/vocabulary/viewer-event.ts';
import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { queryLog } from '../../../../subgraphs/retrieval/query-log/read-log.ts';
import type { OtherSearches } from '../../../../subgraphs/retrieval/query-log/read-log.ts';
import type { Hit, SignalScore } from '../../../../subgraphs/retrieval/ranking/hit.ts';
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

interface ReadLog {
  /** The oldest first, as the windows. */
  readonly searches: readonly LoggedSearch[];
  readonly others: OtherSearches;
}

async function read(...given: Parameters<typeof readAll>): Promise<readonly LoggedSearch[]> {
  return (await readAll(...given)).searches;
}

/** What is read of windows when this came of them. */
async function readAll(windows: readonly Window[], reactions: readonly Reaction[] = [], most = 1000): Promise<ReadLog> {
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
  const others = { browses: 0, pictures: 0, nobodys: 0 };
  let done = 0;
  for await (const part of queryLog({ windows: store, behaviour })({ since: 0, most })) {
    expect(part.total).toBe(Math.min(most, windows.length));
    searches.push(...part.searches);
    for (const kind of ['browses', 'pictures', 'nobodys'] as const) others[kind] += part.others[kind];
    ({ done } = part);
  }
  expect(done).toBe(Math.min(most, windows.length));
  return { searches: searches.toReversed(), others };
}

const chosen = (queryId: string, place: number, worth = 1): Reaction => ({ queryId, itemId: `i${place - 1}`, worth });

describe('the query log', () => {
  it('is read with what was chosen of the page that was shown', async () => {
    const [search] = await read([windowOf('q')], [chosen('q', 2, 8), { queryId: 'q', itemId: 'elsewhere', worth: 1 }]);
    expect(search).toEqual({
      at: 1001,
      typed: 'red mug',
      words: 'red mug',
      viewer: 1,
      known: true,
      alone: true,
      rankedBy: { profile: 'default', version: 1, asked: false },
      found: { by: 'WORDS', total: { value: 12, relation: 'EXACT' }, unread: [] },
      shown: [
        { item: 'i0', position: 1, worth: 0 },
        { item: 'i1', position: 2, worth: 8 },
        { item: 'i2', position: 3, worth: 0 },
      ],
    });
  });

  it('tells which version of a profile has ranked a search, and whether that was asked for', async () => {
    const refs = [undefined, { key: 'default' }, { key: 'default', version: 1 }];
    const searches = await read(refs.map((profile, n) => windowOf(`q${n}`, { profile })));
    expect(searches.map(({ rankedBy }) => rankedBy)).toEqual(
      [false, false, true].map((asked) => ({ profile: 'default', version: 1, asked })),
    );
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

  it('takes words as they were typed and as they were meant', async () => {
    const searches = await read([windowOf('a', { parts: [{ kind: 'TEXT', text: 'red mgu', weight: 1 }] }, 'red Mug')]);
    expect(searches).toMatchObject([{ typed: 'red mgu', words: 'red mug' }]);
  });

  it('takes words that differ in spaces, case and how accents are encoded for the same', async () => {
    const texts = [' Café  au lait', 'Cafe\u0301 AU lait'];
    const searches = await read(
      texts.map((text, n) => windowOf(`q${n}`, { parts: [{ kind: 'TEXT', text, weight: 1 }] })),
    );
    expect(new Set(searches.map(({ words }) => words))).toEqual(new Set(['café au lait']));
  });

  it.each<[string, Partial<SearchQuery>]>([
    ['a filter', { filter: { kind: 'IDS', ids: ['i0'] } as unknown as SearchQuery['filter'] }],
    ['an order', { sort: [{ field: 'PRICE', direction: 'ASC' }] }],
    ['weights', { weights: { TEXT: 1 } }],
    ['a strength', { personalization: { enabled: true, strength: 1 } }],
  ])(
    'tells that more than the profile has ranked a search with %s, and nothing of what its words find',
    async (_, by) => {
      const [search] = await read([windowOf('q', by)], [chosen('q', 1)]);
      expect(search).toMatchObject({ typed: 'red mug', alone: false, shown: [{ worth: 1 }, {}, {}] });
      expect(search?.found).toBeUndefined();
    },
  );

  it.each<[string, SearchQuery['parts'], Partial<OtherSearches>]>([
    [
      'an item beside the words',
      [
        { kind: 'TEXT', text: 'mug', weight: 1 },
        { kind: 'ITEM', itemId: 'i0', weight: 1 },
      ],
      { pictures: 1 },
    ],
    ['words unlike', [{ kind: 'TEXT', text: 'mug', weight: -1 }], { pictures: 1 }],
    ['a picture', [{ kind: 'IMAGE_ID', imageId: 'a', weight: 1 }], { pictures: 1 }],
    ['no words', [], { browses: 1 }],
  ])('counts searches with %s, and leaves them out', async (_, parts, count) => {
    expect(await readAll([windowOf('q', { parts })], [chosen('q', 1)])).toEqual({
      searches: [],
      others: { browses: 0, pictures: 0, nobodys: 0, ...count },
    });
  });

  it('leaves out similar items', async () => {
    const like = { kind: 'SIMILAR', queryId: 'q', hash: 'h', viewer: {}, first: 5, like: [], unlike: [] } as const;
    expect(await read([{ ...windowOf('q'), request: like }], [chosen('q', 1)])).toEqual([]);
  });

  it('leaves out searches of nobody from which nothing came, and counts them', async () => {
    const windows = [windowOf('q', { viewer: {} }), windowOf('r', { viewer: {} }), windowOf('s')];
    const { searches, others } = await readAll(windows, [chosen('r', 1)]);
    expect(searches.map(({ known }) => known)).toEqual([false, true]);
    expect(others).toEqual({ browses: 0, pictures: 0, nobodys: 1 });
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

describe('what the words of a search find', () => {
  const score: SignalScore = { raw: 1, normalised: 0.5, weight: 0.5, contribution: 0.2, rank: 1, imputed: false };
  const unmatched = { ...score, raw: 0, normalised: 0, rank: null };
  const weights = ['LEXICAL' as const, 'TEXT' as const].map((signal) => ({
    signal,
    weight: 0.5,
    prior: 0.5,
    queryTilt: 0,
    viewerTilt: 0,
  }));
  const alike: Hit = { id: 'a', score: 0.4, boost: 0, signals: { LEXICAL: unmatched, TEXT: score } };
  const found = async (hits: readonly Hit[], more: Partial<Window> = {}) => {
    const window = windowOf('q');
    const [search] = await read([{ ...window, hits, ranking: { ...window.ranking, weights }, ...more }]);
    return search?.found;
  };

  it('is told apart by the best hit: by words, by likeness alone, nothing', async () => {
    const byWords: Hit = { ...alike, id: 'b', signals: { LEXICAL: score } };
    expect(await found([alike, byWords])).toMatchObject({ by: 'WORDS' });
    expect(await found([alike, alike])).toMatchObject({ by: 'LIKENESS' });
    expect(await found([])).toMatchObject({ by: 'NOTHING' });
  });

  it('counts an item that is named by its id or put there by the shop as found', async () => {
    expect(await found([alike, { ...alike, named: 'FIRST' }])).toMatchObject({ by: 'WORDS' });
    expect(await found([{ ...alike, pinnedBy: 'a-rule' }, alike])).toMatchObject({ by: 'WORDS' });
  });

  it('has the words that no item has, in lower case; none in windows from before they were kept', async () => {
    expect(await found([alike], { unread: ['Settee'] })).toMatchObject({ unread: ['settee'] });
    expect(await found([alike])).toMatchObject({ unread: [] });
  });

  it('is not told by answers that lacked a part, nor by a profile to which words are nothing', async () => {
    const lacking = (code: Window['degradations'][number]['code']) => ({ degradations: [{ code, message: '' }] });
    expect(await found([], lacking('INDEX_PARTIAL'))).toBeUndefined();
    expect(await found([], lacking('QUERY_EMBEDDING_UNREACHABLE'))).toBeUndefined();
    expect(await found([], lacking('USER_PROFILE_UNREACHABLE'))).toMatchObject({ by: 'NOTHING' });
    const { ranking } = windowOf('q');
    expect(await found([{ ...alike, signals: { TEXT: score } }], { ranking })).toMatchObject({ by: 'WORDS' });
  });
});
