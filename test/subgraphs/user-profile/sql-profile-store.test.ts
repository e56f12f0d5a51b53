import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ViewerEvent } from '../../../src/vocabulary/viewer-event.ts';
import { openDatabase } from '../../../src/runtime/database.ts';
import { environment } from '../../../src/runtime/environment.ts';
import type { ProfileStore } from '../../../subgraphs/user-profile/profile-store.ts';
import { openSqlProfileStore } from '../../../subgraphs/user-profile/sql-profile-store.ts';
import type { ProfileTables } from '../../../subgraphs/user-profile/sql-profile-tables.ts';
import { makeDatabase, rowsOf } from '../../support/postgresql.ts';
import type { OwnDatabase } from '../../support/postgresql.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const EVIDENCE = { weight: 1, text: 0.5, image: 0.5, sampled: false };

function click(id: string, given: Partial<ViewerEvent> = {}): ViewerEvent {
  return { id, action: 'CLICK', itemId: 'i', occurredAt: new Date(NOW).toISOString(), clientId: 'phone', ...given };
}

const { MEDLEY_TEST_DATABASE_URL: url } = environment();

describe('two writers of one profile in PostgreSQL', () => {
  if (url === undefined) it.todo('needs a PostgreSQL server: set MEDLEY_TEST_DATABASE_URL');
  else bothWrite(url);
});

function bothWrite(server: string): void {
  let own: OwnDatabase;
  let store: ProfileStore;
  beforeAll(async () => {
    own = await makeDatabase(server);
    store = await openSqlProfileStore(openDatabase<ProfileTables>({ url: own.url }));
  });
  beforeEach(() => store.erase({ userId: 'ann', clientId: 'phone' }));
  afterAll(async () => {
    await store.close();
    await own.drop();
  });

  const waiting = async (count: number): Promise<void> => {
    const asked = `select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    while ((await rowsOf<{ waiting: number }>(own.url, asked))[0]?.waiting !== count) await sleep(20);
  };

  /** Runs both while another holds the event in the middle, so that each has what it takes first when it meets the other. */
  const together = async (first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<void> => {
    const holder = new pg.Client({ connectionString: own.url });
    await holder.connect();
    await holder.query("begin; select id from profile_event where id = 'm' for update");
    const one = first();
    await waiting(1);
    const other = second();
    await waiting(2);
    await holder.query('commit');
    await holder.end();
    await Promise.all([one, other]);
  };

  it.each([
    ['signs in', () => store.append([click('login', { userId: 'ann' })], NOW), 'u:ann'],
    ['is erased', () => store.erase({ clientId: 'phone' }), undefined],
  ])('both succeed when a browser %s while its evidence is saved', async (_, write, owner) => {
    for (const id of ['z', 'm', 'a']) await store.append([click(id)], NOW);
    const evidence = new Map(['a', 'm', 'z'].map((id) => [id, EVIDENCE]));
    await together(write, () => store.saveEvidence('c:phone', evidence));
    const { events } = await store.read(owner ?? 'c:phone', 10);
    expect(events).toHaveLength(owner === undefined ? 0 : 4);
  });
}
