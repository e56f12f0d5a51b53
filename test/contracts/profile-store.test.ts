import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/runtime/database.ts';
import type { DatabasePlace } from '../../src/runtime/database.ts';
import { environment } from '../../src/runtime/environment.ts';
import { memoryProfileStore } from '../../subgraphs/user-profile/memory-profile-store.ts';
import type { ProfileStore } from '../../subgraphs/user-profile/profile-store.ts';
import { openSqlProfileStore } from '../../subgraphs/user-profile/sql-profile-store.ts';
import type { ProfileTables } from '../../subgraphs/user-profile/sql-profile-tables.ts';
import { describeProfileStore, event } from './describe-profile-store.ts';

const TABLES = ['profile_event', 'profile_client', 'profile_viewer'] as const;

describeProfileStore('memory', { open: () => Promise.resolve(memoryProfileStore()) });
describeProfileStore('an embedded PostgreSQL', emptied('memory'));

const { MEDLEY_TEST_DATABASE_URL: url } = environment();
if (url !== undefined) describeProfileStore('a PostgreSQL server', emptied({ url }));
else
  it('are kept in a PostgreSQL server too, where MEDLEY_TEST_DATABASE_URL names one (here it does not)', () => {
    expect(url).toBeUndefined();
  });

it('are there after a restart, and nothing of an erased viewer is left in any table', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'medley-profiles-'));
  const first = await openSqlProfileStore(openDatabase<ProfileTables>({ folder }));
  await first.append([event('a', { userId: 'ann', clientId: 'phone' }), event('b', { clientId: 'phone' })], Date.now());
  await first.close();
  const database = openDatabase<ProfileTables>({ folder });
  const second = await openSqlProfileStore(database);
  expect((await second.read('u:ann', 10)).events).toHaveLength(2);
  await second.erase({ userId: 'ann' });
  for (const table of TABLES) expect(await database.selectFrom(table).selectAll().execute()).toEqual([]);
  await second.close();
  rmSync(folder, { recursive: true });
});

it('are served by a version before the one that last changed the tables', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'medley-profiles-'));
  const database = openDatabase<ProfileTables>({ folder });
  const later = await openSqlProfileStore(database);
  await later.append([event('a', { userId: 'ann' })], Date.now());
  await sql`insert into profile_migration (name, timestamp) values ('999-later', '2100-01-01T00:00:00Z')`.execute(
    database,
  );
  await later.close();
  const before = await openSqlProfileStore(openDatabase<ProfileTables>({ folder }));
  expect((await before.read('u:ann', 10)).events).toHaveLength(1);
  await before.close();
  rmSync(folder, { recursive: true });
});

/** One store for the whole suite, since an embedded database takes seconds to start; emptied before each test. */
function emptied(place: DatabasePlace) {
  const database = openDatabase<ProfileTables>(place);
  let opened: Promise<ProfileStore> | undefined;
  return {
    open: () => (opened ??= openSqlProfileStore(database)),
    clear: async () => {
      for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(database);
    },
  };
}
