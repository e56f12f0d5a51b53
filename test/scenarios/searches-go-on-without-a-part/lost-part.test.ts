import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubgraphName } from '../../../src/gateway/subgraph-client/subgraph-client.ts';
import type { Transport } from '../../../src/gateway/subgraph-client/transport.ts';
import { withinDeadline } from '../../../src/runtime/within-deadline.ts';
import { remaining } from '../../../src/vocabulary/deadline.ts';
import { codesOf, lostIn } from '../../support/front-door.ts';
import { upsert } from '../../support/item-writes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

type Fault = 'dead' | 'slow' | 'late';

const faults = new Map<SubgraphName, Fault>();

/** How long each part that is at fault was given at the most, in milliseconds. */
const given = new Map<SubgraphName, number>();

/** A transport that fails as the one over HTTP does: at once when nobody listens, at the deadline when nobody answers. */
function faulty(name: SubgraphName, transport: Transport): Transport {
  return {
    ...transport,
    send: (request, deadline) => {
      const fault = faults.get(name);
      if (fault) given.set(name, Math.max(remaining(deadline), given.get(name) ?? 0));
      if (fault === 'dead') return Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:4001'));
      if (fault === 'slow') return withinDeadline(deadline, () => new Promise(() => undefined));
      if (fault === 'late')
        return withinDeadline(deadline, () =>
          transport.send(request, { at: Date.now() + 60_000 }).then(() => new Promise(() => undefined)),
        );
      return transport.send(request, deadline);
    },
  };
}

/** The longest that each part may take, in milliseconds. */
const DEADLINES = { retrieval: 2000, 'query-embedding': 800, 'user-profile': 300 } as const;

let shop: Shop;
beforeAll(async () => {
  const env = {
    MEDLEY_DEADLINE: DEADLINES.retrieval.toString(),
    MEDLEY_ENCODING_DEADLINE: DEADLINES['query-embedding'].toString(),
    MEDLEY_VIEWER_DEADLINE: DEADLINES['user-profile'].toString(),
  };
  shop = await openShop({ between: faulty, env });
});
afterAll(() => shop.close());
afterEach(() => {
  faults.clear();
  given.clear();
});

/** A part that never answers is waited for until its deadline: an answer came, so what is left to show is how late that was. */
function expectDeadlines(...lost: readonly (keyof typeof DEADLINES)[]): void {
  for (const name of lost) expect(given.get(name)).toBeLessThanOrEqual(DEADLINES[name]);
}

const BOTH: readonly Fault[] = ['dead', 'slow'];

describe('a search without one of its parts', () => {
  it.each(BOTH)('is answered by words alone within the deadline when query-embedding is %s', async (fault) => {
    faults.set('query-embedding', fault);
    const found = await shop.search({ text: 'red mug' });
    expectDeadlines('query-embedding');
    expect(lostIn(found)).toEqual(['QUERY_EMBEDDING_UNREACHABLE']);
    expect(found.ranking.weights.map(({ signal }) => signal)).toEqual(['LEXICAL']);
    expect(found.edges[0]?.node?.title).toMatch(/red mug/);
  });

  it.each(BOTH)('is the same for everyone when user-profile is %s, and says so', async (fault) => {
    const known = await shop.search({ text: 'red mug', userId: 'ann', personalization: { enabled: false } });
    faults.set('user-profile', fault);
    const found = await shop.search({ text: 'red mug', userId: 'ann' });
    expectDeadlines('user-profile');
    expect(lostIn(found)).toEqual(['USER_PROFILE_UNREACHABLE']);
    expect(found.edges.map(({ itemId }) => itemId)).toEqual(known.edges.map(({ itemId }) => itemId));
  });

  it.each(BOTH)('fails with RETRIEVAL_UNAVAILABLE and status 503 when retrieval is %s', async (fault) => {
    faults.set('retrieval', fault);
    const answer = await shop.ask(
      '{ search(input: { text: "red mug" }) { id edges { itemId } degradations { code } } }',
    );
    expectDeadlines('retrieval');
    expect(codesOf(answer)).toEqual(['RETRIEVAL_UNAVAILABLE']);
    expect(answer).toMatchObject({ status: 503, data: { search: null } });
  });

  it('goes on when two are lost at once, and lists both', async () => {
    faults.set('query-embedding', 'slow').set('user-profile', 'slow');
    const found = await shop.search({ text: 'red mug', userId: 'ann' });
    expectDeadlines('query-embedding', 'user-profile');
    expect([...lostIn(found)].sort()).toEqual(['QUERY_EMBEDDING_UNREACHABLE', 'USER_PROFILE_UNREACHABLE']);
    expect(found.edges.length).toBeGreaterThan(0);
  });

  it('shows shelves that are the same for everyone when user-profile is dead, and says so', async () => {
    faults.set('user-profile', 'dead');
    const { data } = await shop.ask<{ recommendations: { items: unknown[]; degradations: { code: string }[] }[] }>(
      '{ recommendations(input: { shelves: [{ kind: FOR_YOU }], userId: "ann" }) { items { itemId } degradations { code } } }',
    );
    expect(data.recommendations[0]?.items.length).toBeGreaterThan(0);
    expect(data.recommendations[0]?.degradations).toEqual([{ code: 'USER_PROFILE_UNREACHABLE' }]);
  });

  it('records nothing and says so when user-profile is dead', async () => {
    faults.set('user-profile', 'dead');
    const answer = await shop.ask(
      'mutation { recordEvents(events: [{ id: "e", userId: "ann", action: CLICK, itemId: "i001", occurredAt: "2026-11-01T00:00:00Z" }]) { accepted } }',
    );
    expect(codesOf(answer)).toEqual(['USER_PROFILE_UNAVAILABLE']);
    expect(answer.status).toBe(503);
  });

  it.each<[SubgraphName, string]>([
    ['retrieval', 'upsertItems(items: [{ id: "new", title: "New mug" }]) { accepted }'],
    ['retrieval', 'deleteItems(ids: ["i001"]) { accepted }'],
    ['user-profile', 'eraseProfile(userId: "ann")'],
  ])('says of a write of %s that is late (%s) that it may yet be done, and may be sent again', async (name, write) => {
    faults.set(name, 'slow');
    const answer = await shop.ask(`mutation { ${write} }`);
    expect(codesOf(answer)).toEqual(['DEADLINE_EXCEEDED']);
    expect(answer.status).toBe(504);
    expect(answer.errors[0]?.message).toMatch(/may yet be done\. Send it again/);
    faults.set(name, 'dead');
    const lost = await shop.ask(`mutation { ${write} }`);
    expect(codesOf(lost)).toEqual([name === 'retrieval' ? 'RETRIEVAL_UNAVAILABLE' : 'USER_PROFILE_UNAVAILABLE']);
  });

  it('finds what a write that was late has written, once, also when it is sent again', async () => {
    const write = () => upsert(shop, { id: 'late', title: 'Zanzibar mug' });
    faults.set('retrieval', 'late');
    const answer = await shop.ask(
      'mutation { upsertItems(items: [{ id: "late", title: "Zanzibar mug" }]) { accepted } }',
    );
    expect(codesOf(answer)).toEqual(['DEADLINE_EXCEEDED']);
    faults.clear();
    const found = async () => (await shop.search({ text: 'Zanzibar', weights: { lexical: 1 } })).totalCount.value;
    expect(await found()).toBe(1);
    expect(await write()).toEqual({ accepted: 1, rejected: [] });
    expect(await found()).toBe(1);
  });

  it('is whole for the next viewer when one operation has asked twenty times in vain', async () => {
    faults.set('query-embedding', 'slow');
    const searches = Array.from(
      { length: 20 },
      (_, n) => `s${String(n)}: search(input: { text: "mug" }) { edges { itemId } }`,
    );
    await shop.ask(`{ ${searches.join(' ')} }`);
    faults.clear();
    expect(lostIn(await shop.search({ text: 'red mug' }))).toEqual([]);
  });

  it('is whole again as soon as the part is back', async () => {
    faults.set('query-embedding', 'dead');
    await shop.search({ text: 'red mug' });
    faults.clear();
    const found = await shop.search({ text: 'red mug' });
    expect(lostIn(found)).toEqual([]);
    expect(found.ranking.weights.map(({ signal }) => signal)).toContain('TEXT');
  });
});
