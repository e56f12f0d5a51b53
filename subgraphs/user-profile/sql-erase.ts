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
  const touched = [
    ...(clientId === undefined ? [] : await eraseEvents(writing, 'client_id', clientId)),
    ...(userId === undefined ? [] : await eraseEvents(writing, 'viewer_key', userKey(userId))),
  ];
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

async function eraseEvents(
  writing: Writing,
  column: 'client_id' | 'viewer_key',
  value: string,
): Promise<readonly ViewerKey[]> {
  const rows = await writing.deleteFrom('profile_event').where(column, '=', value).returning('viewer_key').execute();
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
