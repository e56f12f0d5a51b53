import { afterAll, describe, expect, it } from '@jest/globals';
import { memoryWindowStore } from '../../subgraphs/retrieval/window-store.ts';
import type { LogPlace, WindowLifetime, WindowStore } from '../../subgraphs/retrieval/window-store.ts';
import { openSqlWindowStore } from '../../subgraphs/retrieval/sql-window-store.ts';
import type { Window } from '../../subgraphs/retrieval/ranking/window.ts';
import { openDatabase } from '../../src/runtime/database.ts';
import { environment } from '../../src/runtime/environment.ts';
import { makeDatabase } from '../support/postgresql.ts';
import type { OwnDatabase } from '../support/postgresql.ts';

function describeWindowStore(name: string, open: (lifetime: WindowLifetime) => Promise<WindowStore>): void {
  describe(`a window store (${name})`, () => {
    let now = 1_000_000;
    const opening = open({ cursorTtl: 1000, retention: 5000, now: () => now });
    afterAll(async () => (await opening).close());
    const window = (queryId: string, viewer = {}): Window => ({
      queryId,
      generation: 'g',
      request: { kind: 'SIMILAR', queryId, hash: 'h', viewer, first: 5, like: [], unlike: [] },
      ranking: { profile: 'default', version: 1, weights: [], window: 500 },
      hits: [{ id: 'a', score: 0.123456, boost: 0, signals: {} }],
      total: { value: 1, relation: 'EXACT' },
      facets: [],
      degradations: [],
    });

    it('gives a window back as it was kept', async () => {
      const store = await opening;
      await store.put(window('q1'));
      expect(await store.get('q1')).toEqual(window('q1'));
      expect(await store.get('unknown')).toBeUndefined();
    });

    it('lets cursors expire, and remembers what was shown for longer', async () => {
      const store = await opening;
      await store.put(window('q2'));
      now += 1500;
      expect(await store.get('q2')).toBeUndefined();
      expect((await store.logged('q2'))?.queryId).toBe('q2');
      now += 5000;
      expect(await store.logged('q2')).toBeUndefined();
    });

    it('forgets what a viewer asked, and nobody else', async () => {
      const store = await opening;
      await store.put(window('q3', { userId: 'u' }));
      await store.put(window('q4', { clientId: 'c' }));
      await store.put(window('q5', { userId: 'other' }));
      expect(await store.erase({ userId: 'u', clientId: 'c' })).toBe(2);
      expect([await store.logged('q3'), await store.logged('q4')]).toEqual([undefined, undefined]);
      expect((await store.logged('q5'))?.queryId).toBe('q5');
    });

    it('reads the log back from the newest on, part by part, none twice, and nothing past its retention', async () => {
      const store = await opening;
      now += 10_000;
      await store.put(window('old'));
      now += 2000;
      const since = now - 1000;
      for (const id of ['a', 'b', 'c']) await store.put(window(id));
      now += 500;
      await store.put(window('newest'));
      expect(await store.countSince(since)).toBe(4);
      const ids: string[] = [];
      for (let behind: LogPlace | undefined; ;) {
        const part = await store.loggedSince(since, { behind, limit: 2 });
        ids.push(...part.map((logged) => logged.window.queryId));
        const last = part.at(-1);
        if (!last) break;
        behind = { at: last.at, queryId: last.window.queryId };
      }
      expect(ids).toEqual(['newest', 'c', 'b', 'a']);
      expect((await store.loggedSince(since, { limit: 1 }))[0]).toEqual({ at: now, window: window('newest') });
      now += 4500;
      expect(await store.countSince(0)).toBe(1);
    });

    it('sweeps what is past its retention', async () => {
      const store = await opening;
      await store.put(window('q6'));
      now += 6000;
      expect(await store.sweep()).toBeGreaterThanOrEqual(1);
      expect(await store.sweep()).toBe(0);
    });
  });
}

describeWindowStore('memory', (lifetime) => Promise.resolve(memoryWindowStore(lifetime)));
describeWindowStore('embedded PostgreSQL', (lifetime) => openSqlWindowStore(openDatabase('memory'), lifetime));

const { MEDLEY_TEST_DATABASE_URL: server } = environment();
if (server !== undefined) {
  let database: OwnDatabase | undefined;
  describeWindowStore('a PostgreSQL server', async (lifetime) => {
    database = await makeDatabase(server);
    return openSqlWindowStore(openDatabase({ url: database.url }), lifetime);
  });
  afterAll(() => database?.drop());

  it('is made by several processes that start together', async () => {
    const own = await makeDatabase(server);
    const stores = await Promise.all(
      Array.from({ length: 8 }, () =>
        openSqlWindowStore(openDatabase({ url: own.url }), { cursorTtl: 1000, retention: 5000 }),
      ),
    );
    expect(await stores[0]?.get('unknown')).toBeUndefined();
    await Promise.all(stores.map((store) => store.close()));
    await own.drop();
  });
} else
  it('are kept in a PostgreSQL server too, where MEDLEY_TEST_DATABASE_URL names one (here it does not)', () => {
    expect(server).toBeUndefined();
  });
