import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { tellingOutages } from '../../src/runtime/database-outage.ts';
import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import { CHOICE_ACTIONS } from './actions.ts';
import type { ChoiceEvidence } from './choice-evidence.ts';
import { clientKey, userKey } from './profile-store.ts';
import type {
  EvidenceSums,
  PendingChoice,
  ProfileStore,
  RecordedEvent,
  ViewerHistory,
  ViewerKey,
} from './profile-store.ts';
import { appendEvents } from './sql-append.ts';
import { itemsBoughtTogether, pairsChosenTogether, pairsEngaged, reactionsTo, trendingItems } from './sql-behaviour.ts';
import { eraseViewer } from './sql-erase.ts';
import { migrateProfileTables } from './sql-profile-tables.ts';
import type { EventTable, ProfileTables } from './sql-profile-tables.ts';

type Database = Kysely<ProfileTables>;

/**
 * Keeps profiles in PostgreSQL, on a server or embedded. The store owns the database: closing one closes the other. Errors:
 * USER_PROFILE_UNAVAILABLE while the server is away.
 */
export async function openSqlProfileStore(database: Database): Promise<ProfileStore> {
  await migrateProfileTables(database);
  const store: ProfileStore = {
    append: (events, now) => database.transaction().execute((writing) => appendEvents(writing, events, now)),
    viewerOf: (viewer) => viewerOf(database, viewer),
    read: (viewer, limit) => readHistory(database, viewer, limit),
    pending: (since, limit) => pendingChoices(database, since, limit),
    saveEvidence: (viewer, evidence) => saveEvidence(database, viewer, evidence),
    saveConcentration: async (viewer, { text, image, items }) => {
      const columns = { text_lift: text, image_lift: image, lift_items: items };
      await database.updateTable('profile_viewer').set(columns).where('viewer_key', '=', viewer).execute();
    },
    sampledEvidence: () => sampledEvidence(database),
    clientsOf: (userId) => clientsOf(database, userId),
    erase: (viewer) => database.transaction().execute((writing) => eraseViewer(writing, viewer)),
    trending: (limit, decay) => trendingItems(database, limit, decay),
    boughtTogether: (itemIds, limit, decay) => itemsBoughtTogether(database, itemIds, { limit, decay }),
    engagedPairs: (limit) => pairsEngaged(database, limit),
    chosenTogether: (limit) => pairsChosenTogether(database, limit),
    reactions: (queryIds) => reactionsTo(database, queryIds),
    close: () => database.destroy(),
  };
  return tellingOutages(store, 'USER_PROFILE_UNAVAILABLE');
}

async function viewerOf(database: Database, { userId, clientId }: ViewerRef): Promise<ViewerKey | undefined> {
  if (userId !== undefined) return userKey(userId);
  if (clientId === undefined) return undefined;
  const row = await database
    .selectFrom('profile_client')
    .select('user_id')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.user_id == null ? clientKey(clientId) : userKey(row.user_id);
}

/** `profile_client` has the newest user of a browser only; the event that names both stays with the user that it names. */
async function clientsOf(database: Database, userId: string): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('profile_event')
    .select('client_id')
    .where('user_id', '=', userId)
    .where('client_id', 'is not', null)
    .union(database.selectFrom('profile_client').select('client_id').where('user_id', '=', userId))
    .execute();
  return rows.flatMap(({ client_id }) => (client_id === null ? [] : [client_id]));
}

async function readHistory(database: Database, viewer: ViewerKey, limit: number): Promise<ViewerHistory> {
  const [row, events] = await Promise.all([
    database.selectFrom('profile_viewer').selectAll().where('viewer_key', '=', viewer).executeTakeFirst(),
    database
      .selectFrom('profile_event')
      .selectAll()
      .where('viewer_key', '=', viewer)
      .where('action', '<>', sql.lit('IMPRESSION'))
      .orderBy('occurred_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),
  ]);
  return {
    events: events.map(recordedEvent),
    concentration:
      row?.lift_items == null ? null : { text: row.text_lift, image: row.image_lift, items: row.lift_items },
    updatedAt: row?.updated_at ?? null,
  };
}

async function pendingChoices(database: Database, since: number, limit: number): Promise<readonly PendingChoice[]> {
  const came = sql<number>`coalesce(recorded_at, occurred_at)`;
  const rows = await database
    .selectFrom('profile_event')
    .selectAll()
    .where('evidence_weight', 'is', null)
    .where(sql<boolean>`action in (${sql.join(CHOICE_ACTIONS.map((action) => sql.lit(action)))})`)
    .where(came, '>', since)
    .orderBy(came, 'desc')
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ viewer: row.viewer_key, event: eventOf(row) }));
}

async function saveEvidence(
  database: Database,
  viewer: ViewerKey,
  evidence: ReadonlyMap<string, ChoiceEvidence>,
): Promise<void> {
  await database.transaction().execute(async (writing) => {
    const ordered = [...evidence].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [id, { weight, text, image, sampled }] of ordered) {
      const columns = { evidence_weight: weight, text_rate: text, image_rate: image, sampled };
      await writing
        .updateTable('profile_event')
        .set(columns)
        .where('id', '=', id)
        .where('viewer_key', '=', viewer)
        .execute();
    }
  });
}

async function sampledEvidence(database: Database): Promise<EvidenceSums> {
  const { rows } = await sql<EvidenceSums>`
    select coalesce(sum(evidence_weight), 0) as weight, coalesce(sum(evidence_weight * text_rate), 0) as text,
      coalesce(sum(evidence_weight * image_rate), 0) as image from profile_event where sampled`.execute(database);
  return rows[0] ?? { weight: 0, text: 0, image: 0 };
}

function recordedEvent(row: Selectable<EventTable>): RecordedEvent {
  const { evidence_weight: weight, text_rate: text, image_rate: image, sampled } = row;
  const known = weight !== null && text !== null && image !== null;
  return {
    event: eventOf(row),
    at: row.occurred_at,
    evidence: known ? { weight, text, image, sampled: sampled === true } : null,
  };
}

function eventOf(row: Selectable<EventTable>): ViewerEvent {
  return {
    id: row.id,
    ...(row.query_id !== null && { queryId: row.query_id }),
    ...(row.client_id !== null && { clientId: row.client_id }),
    ...(row.user_id !== null && { userId: row.user_id }),
    action: row.action,
    itemId: row.item_id,
    ...(row.position !== null && { position: row.position }),
    occurredAt: new Date(row.occurred_at).toISOString(),
  };
}
