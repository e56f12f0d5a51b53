import type { Transaction } from 'kysely';
import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import { clientKey, userKey } from './profile-store.ts';
import type { Erased, ViewerKey } from './profile-store.ts';
import type { ProfileTables } from './sql-profile-tables.ts';

type Writing = Transaction<ProfileTables>;

/** Rows are deleted, not marked; what was derived goes with them, since a late write of evidence updates rows and never inserts one. */
export async function eraseViewer(writing: Writing, { userId, clientId }: ViewerRef): Promise<Erased> {
  const clients = [
    ...(clientId === undefined ? [] : await eraseClients(writing, 'client_id', clientId)),
    ...(userId === undefined ? [] : await eraseClients(writing, 'user_id', userId)),
  ];
  const touched = await eraseEvents(writing, { userId, clientId });
  const own = [
    ...(clientId === undefined ? [] : [clientKey(clientId)]),
    ...(userId === undefined ? [] : [userKey(userId)]),
  ];
  const viewers = [...new Set([...own, ...touched])].sort();
  await forgetViewers(writing, viewers);
  return {
    erased: clients.length + touched.length > 0,
    viewers,
    clients: clientId === undefined ? clients : [...clients, clientId],
  };
}

async function eraseClients(
  writing: Writing,
  column: 'client_id' | 'user_id',
  value: string,
): Promise<readonly string[]> {
  const rows = await writing.deleteFrom('profile_client').where(column, '=', value).returning('client_id').execute();
  return rows.map((row) => row.client_id);
}

/** Locks by id, as all who write events do. */
async function eraseEvents(writing: Writing, { userId, clientId }: ViewerRef): Promise<readonly ViewerKey[]> {
  const locked = writing
    .selectFrom('profile_event')
    .select('id')
    .where((row) =>
      row.or([
        ...(clientId === undefined ? [] : [row('client_id', '=', clientId)]),
        ...(userId === undefined ? [] : [row('viewer_key', '=', userKey(userId))]),
      ]),
    );
  const rows = await writing
    .deleteFrom('profile_event')
    .where('id', 'in', locked.orderBy('id').forUpdate())
    .returning('viewer_key')
    .execute();
  return rows.map((row) => row.viewer_key);
}

/** What was derived goes with the events; a profile that has others keeps its row, and is derived anew. */
async function forgetViewers(writing: Writing, keys: readonly ViewerKey[]): Promise<void> {
  if (keys.length === 0) return;
  const nothing = { text_lift: null, image_lift: null, lift_items: null };
  await writing.updateTable('profile_viewer').set(nothing).where('viewer_key', 'in', keys).execute();
  await writing
    .deleteFrom('profile_viewer')
    .where('viewer_key', 'in', keys)
    .where(
      'viewer_key',
      'not in',
      writing.selectFrom('profile_event').select('viewer_key').where('viewer_key', 'in', keys),
    )
    .execute();
}
