import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { firstWords } from '../../src/runtime/database-outage.ts';
import type { EventAction } from '../../src/vocabulary/viewer-event.ts';

/** Points in time are epoch milliseconds in double precision: exact, and the same number from every driver. */
export interface ProfileTables {
  profile_event: EventTable;
  profile_client: { client_id: string; user_id: string | null };
  profile_viewer: ViewerTable;
}

export interface EventTable {
  id: string;
  viewer_key: string;
  query_id: string | null;
  client_id: string | null;
  user_id: string | null;
  action: EventAction;
  item_id: string;
  position: number | null;
  occurred_at: number;
  /** When it came; null where it came before this was kept. */
  recorded_at: number | null;
  /** The evidence; `evidence_weight` is null until it was computed. */
  evidence_weight: number | null;
  text_rate: number | null;
  image_rate: number | null;
  sampled: boolean | null;
}

interface ViewerTable {
  viewer_key: string;
  updated_at: number;
  /** The concentration; all null until it was computed. */
  text_lift: number | null;
  image_lift: number | null;
  lift_items: number | null;
}

const MIGRATION_TABLE = 'profile_migration';

/**
 * Brings the tables up to date; harmless when they are, and safe when replicas start together. Tables of a later version are
 * taken as they are, since migrations only ever add: a deployment can be rolled back, and an old replica start beside a new one.
 */
export async function migrateProfileTables(database: Kysely<ProfileTables>): Promise<void> {
  const made = await firstWords(migrationsMade(database));
  const later = Object.fromEntries(made.map((name) => [name, { up: nothing }]));
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...later, ...MIGRATIONS }) },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: 'profile_migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error('the tables of user-profile could not be brought up to date', { cause: error });
}

async function migrationsMade(database: Kysely<ProfileTables>): Promise<readonly string[]> {
  const there = await sql<{ found: string | null }>`select to_regclass(${MIGRATION_TABLE}) as found`.execute(database);
  if (there.rows[0]?.found == null) return [];
  const made = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(database);
  return made.rows.map(({ name }) => name);
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

const MIGRATIONS = {
  '001-events': { up: createTables },
  '002-queries': { up: createQueryIndex },
  '003-recorded-at': { up: addRecordedAt },
};

async function createTables(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('profile_event')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('viewer_key', 'text', (column) => column.notNull())
    .addColumn('query_id', 'text')
    .addColumn('client_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer')
    .addColumn('occurred_at', 'double precision', (column) => column.notNull())
    .addColumn('evidence_weight', 'double precision')
    .addColumn('text_rate', 'double precision')
    .addColumn('image_rate', 'double precision')
    .addColumn('sampled', 'boolean')
    .execute();
  await schema
    .createTable('profile_client')
    .addColumn('client_id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text')
    .execute();
  await schema
    .createTable('profile_viewer')
    .addColumn('viewer_key', 'text', (column) => column.primaryKey())
    .addColumn('updated_at', 'double precision', (column) => column.notNull())
    .addColumn('text_lift', 'double precision')
    .addColumn('image_lift', 'double precision')
    .addColumn('lift_items', 'double precision')
    .execute();
  await createIndexes(database);
}

async function createIndexes(database: Kysely<unknown>): Promise<void> {
  await sql`create index profile_event_viewer on profile_event (viewer_key, occurred_at desc) where action <> 'IMPRESSION'`.execute(
    database,
  );
  await sql`create index profile_event_recent on profile_event (occurred_at desc) where action <> 'IMPRESSION'`.execute(
    database,
  );
  await sql`create index profile_event_item on profile_event (item_id, viewer_key) where action in ('ADD_TO_CART', 'PURCHASE')`.execute(
    database,
  );
  await sql`create index profile_event_client on profile_event (client_id)`.execute(database);
  await sql`create index profile_event_user on profile_event (user_id)`.execute(database);
  await sql`create index profile_event_pending on profile_event (occurred_at desc)
    where evidence_weight is null and action in ('CLICK', 'MESSAGE', 'ADD_TO_CART', 'PURCHASE')`.execute(database);
  await sql`create index profile_event_sampled on profile_event (sampled) where sampled`.execute(database);
  await sql`create index profile_client_user on profile_client (user_id)`.execute(database);
}

async function createQueryIndex(database: Kysely<unknown>): Promise<void> {
  await sql`create index profile_event_query on profile_event (query_id) where query_id is not null`.execute(database);
}

async function addRecordedAt(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('profile_event').addColumn('recorded_at', 'double precision').execute();
  await sql`create index profile_event_waiting on profile_event ((coalesce(recorded_at, occurred_at)) desc)
    where evidence_weight is null and action in ('CLICK', 'MESSAGE', 'ADD_TO_CART', 'PURCHASE')`.execute(database);
}
