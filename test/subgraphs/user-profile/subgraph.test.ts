import { afterAll, describe, expect, it } from '@jest/globals';
import { graphql } from 'graphql';
import { memoryProfileStore } from '../../../subgraphs/user-profile/memory-profile-store.ts';
import { userProfileSubgraph } from '../../../subgraphs/user-profile/subgraph.ts';
import { openUserProfile } from '../../../subgraphs/user-profile/user-profile.ts';
import { SETTINGS, madeUpSource, randomItems, seeded } from './made-up.ts';

const store = memoryProfileStore();
const program = openUserProfile({
  store,
  source: madeUpSource(randomItems(50, seeded(2)), new Map()),
  settings: SETTINGS,
});
const schema = userProfileSubgraph(program);

const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on SearchConnection { viewer { tilt taste } }
  ... on SimilarItemsConnection { viewer { tilt taste } }
  ... on RecommendationShelf { viewer { tilt taste } }
} }`;

const SEND = `mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted rejected { index code message } } }`;

async function viewersOf(...representations: readonly object[]) {
  const { data, errors } = await graphql({ schema, source: ENTITIES, variableValues: { representations } });
  expect(errors).toBeUndefined();
  return (data?.['_entities'] as { viewer: unknown }[]).map(({ viewer }) => viewer);
}

function search(request: object) {
  const personalization = { enabled: true };
  return {
    __typename: 'SearchConnection',
    id: 'q',
    request: { kind: 'SEARCH', queryId: 'q', personalization, viewer: { userId: 'ann' }, ...request },
  };
}

const UNKNOWN = { tilt: {}, taste: { text: [], image: [], recent: [], confidence: 0 } };

describe('the user-profile subgraph', () => {
  afterAll(() => program.close());

  it('records events with an outcome each, and says which it refused', async () => {
    const at = new Date().toISOString();
    const events = [
      { id: 'a', userId: 'ann', action: 'CLICK', itemId: 'item-1', occurredAt: at },
      { id: 'b', action: 'CLICK', itemId: 'item-1', occurredAt: at },
      { id: 'c', userId: 'ann', queryId: null, action: 'VIEW', itemId: 'item-2', occurredAt: at, position: null },
    ];
    const { data, errors } = await graphql({ schema, source: SEND, variableValues: { events } });
    expect(errors).toBeUndefined();
    expect(data?.['recordEvents']).toMatchObject({ accepted: 2, rejected: [{ index: 1, code: 'INVALID_EVENT' }] });
  });

  it('tells retrieval the tilt and the taste of who asks, on a search, similar items and a shelf', async () => {
    const viewer = { userId: 'ann' };
    const others = ['SimilarItemsConnection', 'RecommendationShelf'].map((__typename) => ({
      __typename,
      id: 'q',
      request: { kind: __typename === 'SimilarItemsConnection' ? 'SIMILAR' : 'SHELF', viewer },
    }));
    const [first, second, third] = await viewersOf(search({}), ...others);
    expect(first).toMatchObject({ taste: { recent: expect.arrayContaining(['item-1', 'item-2']) } });
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  });

  it('knows nobody where nobody is named, where the viewer is new, and where no personalisation is wanted', async () => {
    const answers = await viewersOf(
      search({ viewer: {} }),
      search({ viewer: { userId: 'new' } }),
      search({ personalization: { enabled: false } }),
    );
    expect(answers).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  it('answers an empty object for a later page: its window is ranked already', async () => {
    expect(await viewersOf(search({ after: 20 }))).toEqual([{ tilt: null, taste: null }]);
  });

  it('answers null, and no error, when a profile cannot be read: the search goes on', async () => {
    const failures: unknown[] = [];
    const down = { ...memoryProfileStore(), read: () => Promise.reject(new Error('the database is away')) };
    const broken = openUserProfile({
      store: down,
      source: madeUpSource([], new Map()),
      settings: SETTINGS,
      onFailure: (error) => failures.push(error),
    });
    const variableValues = { representations: [search({})] };
    const { data, errors } = await graphql({ schema: userProfileSubgraph(broken), source: ENTITIES, variableValues });
    expect([data?.['_entities'], errors, failures.length]).toEqual([[{ viewer: null }], undefined, 1]);
    await broken.close();
  });

  it('shows a viewer all that is known, and erases it for good', async () => {
    const source = `{ viewerProfile(userId: "ann") { confidence eventsUsed updatedAt recentlyViewed evidence { shown sampled }
      taste { text { id weight } image { id weight } } mixture { text image experts { name gate text image evidence } } } }`;
    const { data, errors } = await graphql({ schema, source });
    expect(errors).toBeUndefined();
    expect(data?.['viewerProfile']).toMatchObject({
      eventsUsed: 2,
      mixture: { experts: [{ name: 'choices' }, { name: 'visit' }, { name: 'concentration' }, { name: 'prior' }] },
    });
    const erased = await graphql({ schema, source: `mutation { eraseProfile(userId: "ann") }` });
    expect(erased.data).toEqual({ eraseProfile: true });
    expect((await graphql({ schema, source })).data?.['viewerProfile']).toMatchObject({
      eventsUsed: 0,
      confidence: 0,
      updatedAt: null,
      recentlyViewed: [],
    });
    expect(await viewersOf(search({}))).toEqual([UNKNOWN]);
  });

  it('says what it expects where no viewer is named', async () => {
    const { errors } = await graphql({ schema, source: `{ viewerProfile { confidence } }` });
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
