import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { EngagedPair, EventAction, ItemPair, Reaction } from '../../src/vocabulary/viewer-event.ts';
import { ACTION_WEIGHTS, BASKET_ACTIONS, CHOICE_ACTIONS } from './actions.ts';
import { FORGOTTEN_HALF_LIVES, TOGETHER } from './profile-store.ts';
import type { Decay, ScoredItem } from './profile-store.ts';
import type { ProfileTables } from './sql-profile-tables.ts';

type Database = Kysely<ProfileTables>;

export async function trendingItems(database: Database, limit: number, decay: Decay): Promise<readonly ScoredItem[]> {
  const { rows } = await sql<ScoredItem>`
    select item_id as "itemId", sum(score) as score from (
      select item_id, max(${actionWeight()} * ${left(decay, sql.ref('occurred_at'))}) as score from profile_event
      where action <> 'IMPRESSION' and occurred_at > ${since(decay)} group by viewer_key, item_id
    ) as viewers group by item_id order by score desc, item_id limit ${limit}`.execute(database);
  return rows;
}

export async function itemsBoughtTogether(
  database: Database,
  itemIds: readonly string[],
  asked: { limit: number; decay: Decay },
): Promise<readonly ScoredItem[]> {
  if (itemIds.length === 0) return [];
  const { limit, decay } = asked;
  const basket = sql`action in (${actions(BASKET_ACTIONS)}) and occurred_at > ${since(decay)}`;
  const { rows } = await sql<ScoredItem>`
    select item_id as "itemId", sum(score) as score from (
      select item_id, max(${left(decay, sql.ref('occurred_at'))}) as score from profile_event
      where ${basket} and item_id not in (${sql.join(itemIds)})
        and viewer_key in (select viewer_key from profile_event where ${basket} and item_id in (${sql.join(itemIds)}))
      group by viewer_key, item_id
    ) as viewers group by item_id order by score desc, item_id limit ${limit}`.execute(database);
  return rows;
}

export async function pairsEngaged(database: Database, limit: number): Promise<readonly EngagedPair[]> {
  const { rows } = await sql<EngagedPair>`
    select query_id as "queryId", item_id as "itemId" from profile_event
    where query_id is not null and action in (${actions(CHOICE_ACTIONS)})
    group by query_id, item_id order by max(occurred_at) desc, query_id, item_id limit ${limit}`.execute(database);
  return rows;
}

/** Those of most viewers first, then by ids. */
export async function pairsChosenTogether(database: Database, limit: number): Promise<readonly ItemPair[]> {
  const { rows } = await sql<ItemPair>`
    select one.item_id as "left", other.item_id as "right" from profile_event as one join profile_event as other
      on one.viewer_key = other.viewer_key and one.item_id collate "C" < other.item_id collate "C"
      and abs(one.occurred_at - other.occurred_at) <= ${TOGETHER}
    where one.action in (${actions(CHOICE_ACTIONS)}) and other.action in (${actions(CHOICE_ACTIONS)})
    group by one.item_id, other.item_id
    order by count(distinct one.viewer_key) desc, one.item_id collate "C", other.item_id collate "C" limit ${limit}`.execute(
    database,
  );
  return rows;
}

export async function reactionsTo(database: Database, queryIds: readonly string[]): Promise<readonly Reaction[]> {
  if (queryIds.length === 0) return [];
  const { rows } = await sql<Omit<Reaction, 'position'> & { readonly position: number | null }>`
    select query_id as "queryId", item_id as "itemId", max(${actionWeight()}) as worth, min(position) as position
    from profile_event
    where query_id in (${sql.join(queryIds)}) and action in ('IMPRESSION', ${actions(CHOICE_ACTIONS)})
    group by query_id, item_id order by query_id collate "C", item_id collate "C"`.execute(database);
  return rows.map(({ position, ...reaction }) => ({ ...reaction, ...(position !== null && { position }) }));
}

function since({ now, halfLife }: Decay): number {
  return now - FORGOTTEN_HALF_LIVES * halfLife;
}

function left({ now, halfLife }: Decay, at: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`power(2::float8, -greatest(0, ${now}::float8 - ${at}) / ${halfLife}::float8)`;
}

function actionWeight(): RawBuilder<number> {
  const cases = Object.entries(ACTION_WEIGHTS).map(
    ([action, weight]) => sql`when ${sql.lit(action)} then ${sql.lit(weight)}`,
  );
  return sql<number>`case action ${sql.join(cases, sql` `)} else 0 end`;
}

function actions(some: readonly EventAction[]): RawBuilder<unknown> {
  return sql.join(some.map((action) => sql.lit(action)));
}
