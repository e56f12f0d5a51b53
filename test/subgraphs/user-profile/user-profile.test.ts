import { describe, expect, it } from '@jest/globals';
import type { ViewerEvent } from '../../../src/vocabulary/viewer-event.ts';
import type { EvidenceSource } from '../../../subgraphs/user-profile/evidence-source.ts';
import { memoryProfileStore } from '../../../subgraphs/user-profile/memory-profile-store.ts';
import { openUserProfile } from '../../../subgraphs/user-profile/user-profile.ts';
import { SETTINGS, madeUpSource, randomItems, seeded } from './made-up.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const ITEMS = randomItems(100, seeded(1));

/** A window in which the items of the middle look right, and all read alike. */
const WINDOW = {
  queryId: 'q',
  generation: 'g1',
  hits: ITEMS.slice(0, 20).map(({ id }, i) => ({
    itemId: id,
    position: i + 1,
    scores: { TEXT: 0.5, IMAGE: i % 5 === 3 ? 0.9 : 0.2 },
  })),
};

function open(source: EvidenceSource = madeUpSource(ITEMS, new Map([['q', WINDOW]])), store = memoryProfileStore()) {
  const failures: unknown[] = [];
  const program = openUserProfile({
    store,
    source,
    settings: SETTINGS,
    now: () => NOW,
    onFailure: (error) => failures.push(error),
  });
  return { program, failures };
}

function click(id: string, given: Partial<ViewerEvent> = {}): ViewerEvent {
  return {
    id,
    userId: 'ann',
    action: 'CLICK',
    itemId: 'item-3',
    occurredAt: new Date(NOW - 60_000).toISOString(),
    ...given,
  };
}

describe('events that are sent', () => {
  it('each have an outcome of their own, and a bad one names what was expected', async () => {
    const { program } = open();
    const bad: Partial<ViewerEvent>[] = [
      { userId: undefined },
      { itemId: ' ' },
      { occurredAt: '2026-07-01T00:00:00Z' },
      { occurredAt: '2024-01-01T00:00:00Z' },
      { occurredAt: '2026-05-31' },
      { occurredAt: 'yesterday' },
      { occurredAt: '2026-02-30T00:00:00Z' },
      { occurredAt: 1_700_000_000_000 as never },
      { occurredAt: {} as never },
      { occurredAt: true as never },
      { itemId: ' item-3' },
      { position: 0 },
      { action: 'SNEEZE' as never },
    ];
    const outcomes = await program.record([
      click('good'),
      ...bad.map((given, i) => click(`bad-${i}`, given)),
      click('fine'),
    ]);
    expect(outcomes[0]).toEqual({ viewer: 'u:ann', repeated: false });
    expect(outcomes[bad.length + 1]).toEqual({ viewer: 'u:ann', repeated: false });
    for (const outcome of outcomes.slice(1, -1))
      expect(outcome).toMatchObject({ rejection: { code: 'INVALID_EVENT' } });
    expect(
      outcomes.slice(1, -1).every((outcome) => 'rejection' in outcome && /expected/.test(outcome.rejection.message)),
    ).toBe(true);
    await program.close();
  });

  it('are refused together above a thousand', async () => {
    const { program } = open();
    await expect(program.record(Array.from({ length: 1001 }, (_, i) => click(`e${i}`)))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await program.close();
  });

  it('count once when they are sent again', async () => {
    const { program } = open();
    await program.record([click('a', { queryId: 'q' })]);
    await program.settled();
    const once = await program.profile({ userId: 'ann' });
    await program.record([click('a', { queryId: 'q' }), click('a', { queryId: 'q' })]);
    await program.settled();
    expect(await program.profile({ userId: 'ann' })).toEqual(once);
    await program.close();
  });

  it('are in the taste and among the recent at the next read', async () => {
    const { program } = open();
    expect((await program.profile({ userId: 'ann' })).taste.recent).toEqual([]);
    await program.record([
      click('a'),
      click('b', { itemId: 'item-7', action: 'PURCHASE', occurredAt: new Date(NOW).toISOString() }),
    ]);
    const { taste } = await program.profile({ userId: 'ann' });
    expect(taste.recent).toEqual(['item-7', 'item-3']);
    expect(taste.image[0]?.id).toBe('item-7');
    expect(taste.image[0]?.weight).toBeCloseTo(8 / 9, 3);
    expect(taste.confidence).toBeGreaterThan(0);
    await program.close();
  });

  it('are acknowledged while retrieval is down, and learned from when it is back', async () => {
    let up = false;
    const real = madeUpSource(ITEMS, new Map([['q', WINDOW]]));
    const { program, failures } = open({
      ...real,
      shown: (id) => (up ? real.shown(id) : Promise.reject(new Error('down'))),
    });
    const [outcome] = await program.record([click('a', { queryId: 'q', itemId: 'item-8' })]);
    expect(outcome).toMatchObject({ repeated: false });
    await program.settled();
    expect(failures.length).toBeGreaterThan(0);
    expect((await program.profile({ userId: 'ann' })).evidence).toEqual({ events: 1, shown: 0, sampled: 0 });
    up = true;
    await program.record([click('b', { action: 'VIEW' })]);
    await program.settled();
    const { evidence, tilt } = await program.profile({ userId: 'ann' });
    expect(evidence).toEqual({ events: 2, shown: 1, sampled: 0 });
    expect(tilt.IMAGE).toBeGreaterThan(0);
    await program.close();
  });

  it('teach of the user whose browser signs in while they are learned from', async () => {
    const store = memoryProfileStore();
    let signIn: (() => void) | undefined;
    const { program } = open(undefined, {
      ...store,
      pending: async (...asked) => {
        const waiting = await store.pending(...asked);
        if (waiting.length > 0) signIn?.();
        return waiting;
      },
    });
    const login = click('login', { clientId: 'phone', action: 'VIEW' });
    signIn = () => {
      signIn = undefined;
      void store.append([login], NOW);
    };
    await program.record([click('a', { userId: undefined, clientId: 'phone', queryId: 'q', itemId: 'item-8' })]);
    await program.settled();
    expect((await program.profile({ userId: 'ann' })).evidence).toEqual({ events: 2, shown: 1, sampled: 0 });
    await program.close();
  });

  it('teach when they are imported long after they happened', async () => {
    const { program } = open();
    const longAgo = new Date(NOW - 60 * 86_400_000).toISOString();
    await program.record([click('a', { queryId: 'q', itemId: 'item-8', occurredAt: longAgo })]);
    await program.settled();
    expect((await program.profile({ userId: 'ann' })).evidence).toEqual({ events: 1, shown: 1, sampled: 0 });
    await program.close();
  });

  it('do not wait for a retrieval that never answers', async () => {
    const { program } = open({ ...madeUpSource(ITEMS, new Map()), shown: () => new Promise(() => undefined) });
    expect(await program.record([click('a', { queryId: 'q' })])).toHaveLength(1);
  });

  it('without a query are compared with sampled items, and the profile says so', async () => {
    const { program } = open();
    const early = ['item-1', 'item-2', 'item-4', 'item-5'].map((itemId, i) =>
      click(`e${i}`, { itemId, occurredAt: new Date(NOW - (10 - i) * 3_600_000).toISOString() }),
    );
    await program.record([...early, click('late')]);
    await program.settled();
    const { evidence } = await program.profile({ userId: 'ann' });
    expect(evidence).toEqual({ events: 5, shown: 0, sampled: 2 });
    await program.close();
  });
});

describe('a profile that is erased', () => {
  it('is that of an unknown viewer at once', async () => {
    const { program } = open();
    const unknown = await program.profile({});
    await program.record([click('a', { queryId: 'q', clientId: 'phone' })]);
    await program.settled();
    expect((await program.profile({ clientId: 'phone' })).evidence.events).toBe(1);
    expect(await program.erase({ userId: 'ann' })).toBe(true);
    expect(await program.profile({ userId: 'ann' })).toEqual(unknown);
    expect(await program.profile({ clientId: 'phone' })).toEqual(unknown);
    expect(await program.erase({ userId: 'ann' })).toBe(false);
    await expect(program.erase({})).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await program.close();
  });

  it('in part is derived anew from what is left', async () => {
    const store = memoryProfileStore();
    const { program } = open(undefined, store);
    const items = ['item-1', 'item-2', 'item-4', 'item-5'];
    await program.record(items.map((itemId, i) => click(`e${i}`, { itemId })));
    await program.record([click('a', { clientId: 'phone' })]);
    await program.settled();
    expect((await store.read('u:ann', 9)).concentration?.items).toBe(5);
    await program.erase({ clientId: 'phone' });
    await program.settled();
    expect((await store.read('u:ann', 9)).concentration?.items).toBe(4);
    await program.close();
  });

  it('takes with it what the query log holds of the user and of its browsers, whoever uses them now, or says that nothing was erased', async () => {
    const forgotten: unknown[] = [];
    let reached = false;
    const source: EvidenceSource = {
      ...madeUpSource(ITEMS, new Map()),
      forget: (viewer) => {
        forgotten.push(viewer);
        return reached ? Promise.resolve(1) : Promise.reject(new Error('nobody answers'));
      },
    };
    const { program } = open(source);
    await program.record([click('a', { clientId: 'phone' })]);
    await expect(program.erase({ userId: 'ann' })).rejects.toMatchObject({ code: 'RETRIEVAL_UNAVAILABLE' });
    expect((await program.profile({ userId: 'ann' })).updatedAt).not.toBeNull();
    reached = true;
    await program.record([click('b', { clientId: 'phone', userId: 'bob' })]);
    expect(await program.erase({ userId: 'ann' })).toBe(true);
    expect(forgotten.slice(-2)).toEqual([{ userId: 'ann' }, { clientId: 'phone' }]);
    await program.close();
  });
});
