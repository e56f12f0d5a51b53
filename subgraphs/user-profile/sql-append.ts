import { sql } from 'kysely';
import type { Insertable, Transaction } from 'kysely';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import { clientKey, userKey } from './profile-store.ts';
import type { Appended, ViewerKey } from './profile-store.ts';
import type { EventTable, ProfileTables } from './sql-profile-tables.ts';

type Writing = Transaction<ProfileTables>;

/**
 * Appends in one transaction. Rows are locked in one order (clients, viewers, events, each by id), so two batches never wait for
 * each other; the row of a client is locked before its events are keyed, so no anonymous event slips past a join that is under way.
 */
export async function appendEvents(
  writing: Writing,
  events: readonly ViewerEvent[],
  now: number,
): Promise<readonly Appended[]> {
  const fresh = await withoutKnown(writing, events);
  const users = await joinClients(writing, fresh);
  const keyOf = (event: ViewerEvent): ViewerKey => keyOfEvent(event, users);
  await touchViewers(writing, [...new Set(fresh.map(keyOf))], now);
  const rows = fresh.map((event) => ({ ...rowOf(event, keyOf(event)), recorded_at: now }));
  const stored = await insertEvents(writing, rows);
  const known = await keysOf(
    writing,
    events.filter((event) => !stored.has(event.id)).map(({ id }) => id),
  );
  return events.map((event) => {
    const repeated = !stored.delete(event.id);
    return { viewer: known.get(event.id) ?? keyOf(event), repeated };
  });
}

/** The events whose ids are new, each once: of a repeated id the first counts. */
async function withoutKnown(writing: Writing, events: readonly ViewerEvent[]): Promise<readonly ViewerEvent[]> {
  const known = await keysOf(
    writing,
    events.map(({ id }) => id),
  );
  const first = new Map<string, ViewerEvent>();
  for (const event of events) if (!known.has(event.id) && !first.has(event.id)) first.set(event.id, event);
  return [...first.values()];
}

async function keysOf(writing: Writing, ids: readonly string[]): Promise<ReadonlyMap<string, ViewerKey>> {
  if (ids.length === 0) return new Map();
  const rows = await writing.selectFrom('profile_event').select(['id', 'viewer_key']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row.viewer_key]));
}

/** Remembers which user each client belongs to (the newest that was named) and moves its anonymous events there. */
async function joinClients(
  writing: Writing,
  events: readonly ViewerEvent[],
): Promise<ReadonlyMap<string, string | null>> {
  const named = new Map<string, string | null>();
  for (const { clientId, userId } of events)
    if (clientId !== undefined) named.set(clientId, userId ?? named.get(clientId) ?? null);
  if (named.size === 0) return named;
  const values = [...named]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([client_id, user_id]) => ({ client_id, user_id }));
  const rows = await writing
    .insertInto('profile_client')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .column('client_id')
        .doUpdateSet({ user_id: sql<string | null>`coalesce(excluded.user_id, profile_client.user_id)` }),
    )
    .returning(['client_id', 'user_id'])
    .execute();
  for (const { client_id, user_id } of values)
    if (user_id !== null) await moveEvents(writing, clientKey(client_id), userKey(user_id));
  return new Map(rows.map((row) => [row.client_id, row.user_id]));
}

async function moveEvents(writing: Writing, from: ViewerKey, to: ViewerKey): Promise<void> {
  const locked = writing.selectFrom('profile_event').select('id').where('viewer_key', '=', from);
  await writing
    .updateTable('profile_event')
    .set({ viewer_key: to })
    .where('id', 'in', locked.orderBy('id').forUpdate())
    .execute();
  await writing.deleteFrom('profile_viewer').where('viewer_key', '=', from).execute();
}

function keyOfEvent({ userId, clientId }: ViewerEvent, users: ReadonlyMap<string, string | null>): ViewerKey {
  const user = userId ?? users.get(clientId ?? '');
  return user ? userKey(user) : clientKey(clientId ?? '');
}

async function touchViewers(writing: Writing, keys: readonly ViewerKey[], now: number): Promise<void> {
  if (keys.length === 0) return;
  await writing
    .insertInto('profile_viewer')
    .values([...keys].sort().map((viewer_key) => ({ viewer_key, updated_at: now })))
    .onConflict((conflict) => conflict.column('viewer_key').doUpdateSet({ updated_at: now }))
    .execute();
}

async function insertEvents(writing: Writing, events: readonly Insertable<EventTable>[]): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const rows = await writing
    .insertInto('profile_event')
    .values([...events].sort((a, b) => (a.id < b.id ? -1 : 1)))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

function rowOf(event: ViewerEvent, viewer_key: ViewerKey) {
  return {
    id: event.id,
    viewer_key,
    query_id: event.queryId ?? null,
    client_id: event.clientId ?? null,
    user_id: event.userId ?? null,
    action: event.action,
    item_id: event.itemId,
    position: event.position ?? null,
    occurred_at: Date.parse(event.occurredAt),
  };
}
