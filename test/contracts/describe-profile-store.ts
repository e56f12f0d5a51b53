import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY } from '../../subgraphs/user-profile/decay.ts';
import type { ProfileStore } from '../../subgraphs/user-profile/profile-store.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

/** An event of the user `ann`, `hours` before noon, unless told otherwise. */
export function event(
  id: string,
  { hours = 1, ...given }: Partial<ViewerEvent> & { hours?: number } = {},
): ViewerEvent {
  const viewer = given.userId === undefined && given.clientId === undefined ? { userId: 'ann' } : {};
  return {
    id,
    ...viewer,
    action: 'CLICK',
    itemId: `item-${id}`,
    occurredAt: new Date(NOW - hours * 3_600_000).toISOString(),
    ...given,
  };
}

/** What every place that keeps profiles promises. Each test starts with an empty store: `open` may hand out one and `clear` it. */
export function describeProfileStore(
  name: string,
  { open, clear }: { open: () => Promise<ProfileStore>; clear?: () => Promise<void> },
): void {
  describe(`profiles kept in ${name}`, () => {
    let store: ProfileStore;
    const decay = { now: NOW, halfLife: 7 * DAY };
    const append = (...events: readonly ViewerEvent[]) => store.append(events, NOW);
    const idsOf = async (viewer: string) => (await store.read(viewer, 50)).events.map(({ event: { id } }) => id);
    const evidence = { weight: 2, text: 0.25, image: 0.75, sampled: false };

    beforeEach(async () => {
      store = await open();
      await clear?.();
    });
    afterAll(() => store.close());

    it('gives every event back as it was sent, newest first', async () => {
      const sent = event('a', { queryId: 'q', clientId: 'phone', userId: 'ann', position: 3 });
      await append(event('old', { hours: 5 }), sent);
      const { events, updatedAt } = await store.read('u:ann', 50);
      expect(events.map(({ event: { id } }) => id)).toEqual(['a', 'old']);
      expect(events[0]).toEqual({ event: sent, at: Date.parse(sent.occurredAt), evidence: null });
      expect(updatedAt).toBe(NOW);
    });

    it('changes nothing when an event is sent again, even twice in one request, even with other contents', async () => {
      expect(await append(event('a'), event('a'))).toEqual([
        { viewer: 'u:ann', repeated: false },
        { viewer: 'u:ann', repeated: true },
      ]);
      expect(await append(event('a', { userId: 'eve' }))).toEqual([{ viewer: 'u:ann', repeated: true }]);
      expect(await idsOf('u:ann')).toEqual(['a']);
      expect(await idsOf('u:eve')).toEqual([]);
    });

    it('stores an event once when ten senders send it at once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => append(event('a'), event('b'))));
      expect(outcomes.flat().filter(({ repeated }) => !repeated)).toHaveLength(2);
      expect(await idsOf('u:ann')).toHaveLength(2);
    });

    it('keeps impressions out of a history, and reads no more than was asked for', async () => {
      await append(event('a'), event('seen', { action: 'IMPRESSION' }), event('b', { hours: 2 }));
      expect((await store.read('u:ann', 1)).events).toHaveLength(1);
      expect(await idsOf('u:ann')).toEqual(['a', 'b']);
    });

    it('joins what a browser did to the user once an event names both, before and after', async () => {
      await append(event('before', { clientId: 'phone', hours: 3 }));
      expect(await store.viewerOf({ clientId: 'phone' })).toBe('c:phone');
      await append(event('login', { clientId: 'phone', userId: 'ann', hours: 2 }));
      await append(event('after', { clientId: 'phone' }));
      expect(await store.viewerOf({ clientId: 'phone' })).toBe('u:ann');
      expect(await idsOf('u:ann')).toEqual(['after', 'login', 'before']);
      expect(await idsOf('c:phone')).toEqual([]);
    });

    it('leaves to the first user what a shared browser did before the second one came, and knows both as its users', async () => {
      await append(event('ann', { clientId: 'tv', userId: 'ann' }), event('both', { clientId: 'tv' }));
      await append(event('bob', { clientId: 'tv', userId: 'bob' }), event('later', { clientId: 'tv' }));
      await append(event('ann', { clientId: 'tv', userId: 'ann' }));
      expect((await idsOf('u:ann')).toSorted()).toEqual(['ann', 'both']);
      expect((await idsOf('u:bob')).toSorted()).toEqual(['bob', 'later']);
      expect(await store.viewerOf({ clientId: 'tv' })).toBe('u:bob');
      expect([await store.clientsOf('ann'), await store.clientsOf('bob')]).toEqual([['tv'], ['tv']]);
    });

    it('knows nobody where neither user nor browser is named', async () => {
      expect(await store.viewerOf({})).toBeUndefined();
      expect(await store.read('u:nobody', 10)).toEqual({ events: [], concentration: null, updatedAt: null });
    });

    it('lists the choices that wait for their evidence, until it is saved', async () => {
      await append(
        event('a'),
        event('b', { hours: 2, action: 'PURCHASE' }),
        event('view', { action: 'VIEW', hours: 3 }),
        event('imported', { hours: 99 }),
      );
      await store.append([event('old', { hours: 99 })], NOW - 99 * 3_600_000);
      const waiting = async () =>
        (await store.pending(NOW - 2 * DAY, 10)).map((choice) => [choice.viewer, choice.event.id]);
      expect(await waiting()).toEqual([
        ['u:ann', 'a'],
        ['u:ann', 'b'],
        ['u:ann', 'imported'],
      ]);
      await store.saveEvidence('u:ann', new Map([['a', evidence]]));
      expect((await waiting()).map(([, id]) => id)).toEqual(['b', 'imported']);
      expect((await store.read('u:ann', 1)).events[0]?.evidence).toEqual(evidence);
    });

    it('keeps a choice waiting when evidence comes for whom it does not belong to any longer', async () => {
      await append(event('a', { clientId: 'phone', hours: 3 }));
      await append(event('login', { clientId: 'phone', userId: 'ann', action: 'VIEW' }));
      await store.saveEvidence('c:phone', new Map([['a', evidence]]));
      expect((await store.pending(NOW - 2 * DAY, 10)).map(({ viewer }) => viewer)).toEqual(['u:ann']);
    });

    it('sums the sampled evidence of everyone, and only that', async () => {
      expect(await store.sampledEvidence()).toEqual({ weight: 0, text: 0, image: 0 });
      await append(event('a'), event('b', { userId: 'bob' }), event('c'));
      const sampled = { ...evidence, sampled: true };
      await store.saveEvidence('u:ann', new Map(Object.entries({ a: sampled, c: evidence })));
      await store.saveEvidence('u:bob', new Map([['b', sampled]]));
      expect(await store.sampledEvidence()).toEqual({ weight: 4, text: 1, image: 3 });
    });

    it('keeps how concentrated a taste is', async () => {
      await append(event('a'));
      await store.saveConcentration('u:ann', { text: null, image: 1.5, items: 4 });
      await append(event('b'));
      expect((await store.read('u:ann', 1)).concentration).toEqual({ text: null, image: 1.5, items: 4 });
    });

    it('forgets an erased user for good: browsers, evidence that comes late, and all', async () => {
      await append(
        event('a', { clientId: 'phone', userId: 'ann' }),
        event('b', { clientId: 'phone' }),
        event('bob', { userId: 'bob' }),
      );
      expect(await store.clientsOf('ann')).toEqual(['phone']);
      expect(await store.erase({ userId: 'ann' })).toEqual({ erased: true, viewers: ['u:ann'], clients: ['phone'] });
      await store.saveEvidence('u:ann', new Map([['a', { ...evidence, sampled: true }]]));
      await store.saveConcentration('u:ann', { text: 1, image: 1, items: 4 });
      expect(await store.read('u:ann', 10)).toEqual({ events: [], concentration: null, updatedAt: null });
      expect(await store.viewerOf({ clientId: 'phone' })).toBe('c:phone');
      expect(await store.sampledEvidence()).toEqual({ weight: 0, text: 0, image: 0 });
      expect(await idsOf('u:bob')).toEqual(['bob']);
      expect(await store.erase({ userId: 'ann' })).toMatchObject({ erased: false });
      expect(await store.clientsOf('ann')).toEqual([]);
    });

    it('forgets an erased browser and what was derived from it, and leaves the user the rest', async () => {
      await append(
        event('home', { userId: 'ann' }),
        event('a', { clientId: 'phone', userId: 'ann' }),
        event('b', { clientId: 'phone' }),
      );
      await store.saveConcentration('u:ann', { text: 1, image: 1, items: 4 });
      expect((await store.erase({ clientId: 'phone' })).viewers.toSorted()).toEqual(['c:phone', 'u:ann']);
      const { events, concentration } = await store.read('u:ann', 10);
      expect(events.map(({ event: { id } }) => id)).toEqual(['home']);
      expect(concentration).toBeNull();
      expect(await store.viewerOf({ clientId: 'phone' })).toBe('c:phone');
    });

    it('ranks what trends by recent actions, each viewer counting once an item', async () => {
      const clicks = Array.from({ length: 9 }, (_, i) => event(`n${i}`, { itemId: 'nagged' }));
      await append(
        ...clicks,
        event('b', { itemId: 'bought', action: 'PURCHASE', hours: 7 * 24 }),
        event('s', { itemId: 'seen', action: 'IMPRESSION' }),
      );
      const trending = await store.trending(5, decay);
      expect(trending.map(({ itemId }) => itemId)).toEqual(['bought', 'nagged']);
      expect(trending[0]?.score).toBeCloseTo(4);
      expect(trending[1]?.score).toBeCloseTo(1, 1);
      expect(await store.trending(1, decay)).toHaveLength(1);
    });

    it('finds what the same viewers put in the cart, most common first, without the items asked about', async () => {
      const buy = (userId: string, itemId: string) =>
        event(`${userId}-${itemId}`, { userId, itemId, action: 'ADD_TO_CART' });
      await append(
        buy('ann', 'pan'),
        buy('ann', 'lid'),
        buy('bob', 'pan'),
        buy('bob', 'lid'),
        buy('bob', 'oil'),
        buy('eve', 'hat'),
      );
      await append(event('click', { userId: 'ann', itemId: 'clicked' }));
      expect((await store.boughtTogether(['pan'], 5, decay)).map(({ itemId }) => itemId)).toEqual(['lid', 'oil']);
      expect(await store.boughtTogether([], 5, decay)).toEqual([]);
    });

    it('lists items that one viewer chose within a day, those of most viewers first', async () => {
      const choose = (userId: string, itemId: string, hours = 0) =>
        event(`${userId}-${itemId}`, { userId, itemId, hours });
      await append(choose('ann', 'pan'), choose('ann', 'lid', 2), choose('ann', 'hat', 40));
      await append(choose('bob', 'lid'), choose('bob', 'pan'), choose('bob', 'oil', 3));
      await append(event('seen', { userId: 'ann', itemId: 'seen', action: 'VIEW' }));
      expect(await store.chosenTogether(2)).toEqual([
        { left: 'lid', right: 'pan' },
        { left: 'lid', right: 'oil' },
      ]);
      expect(await store.chosenTogether(9)).toHaveLength(3);
    });

    it('lists the queries that led to a choice, newest first, each pair once', async () => {
      await append(
        event('a', { queryId: 'q1', itemId: 'x', hours: 3 }),
        event('b', { queryId: 'q1', itemId: 'x', action: 'PURCHASE', hours: 2 }),
      );
      await append(
        event('c', { queryId: 'q2', itemId: 'y' }),
        event('v', { queryId: 'q2', itemId: 'z', action: 'VIEW' }),
        event('n'),
      );
      expect(await store.engagedPairs(5)).toEqual([
        { queryId: 'q2', itemId: 'y' },
        { queryId: 'q1', itemId: 'x' },
      ]);
    });

    it('tells what came of the answers to queries, each item once by the strongest choice', async () => {
      await append(
        event('a', { queryId: 'q1', itemId: 'x', position: 3 }),
        event('b', { queryId: 'q1', itemId: 'x', action: 'PURCHASE' }),
        event('c', { queryId: 'q1', itemId: 'y', action: 'IMPRESSION', position: 4 }),
        event('d', { queryId: 'q2', itemId: 'x', action: 'ADD_TO_CART' }),
        event('v', { queryId: 'q2', itemId: 'z', action: 'VIEW' }),
        event('e', { queryId: 'q3', itemId: 'x' }),
        event('n'),
      );
      expect(await store.reactions(['q2', 'q1', 'none'])).toEqual([
        { queryId: 'q1', itemId: 'x', worth: 8, position: 3 },
        { queryId: 'q1', itemId: 'y', worth: 0, position: 4 },
        { queryId: 'q2', itemId: 'x', worth: 4 },
      ]);
      expect(await store.reactions([])).toEqual([]);
    });
  });
}
