import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { oneAtATime } from '../../runtime/one-at-a-time.ts';
import { NOTHING_IN_USE, SILENCE } from './model-register.ts';
import type { ModelRegister, ModelsInUse, QueryEncoderProcess } from './model-register.ts';

interface Tables {
  readonly models_in_use: { readonly id: number; readonly said: string };
  readonly query_encoder: { readonly id: string; readonly said: string; readonly heard: Date };
}

const ONLY = 1;

/** A register in PostgreSQL, where replicas on all machines find it. Its clock says who was heard when. */
export async function openSqlModelRegister(database: Kysely<Tables>): Promise<ModelRegister> {
  await oneAtATime(database, migrate);
  return {
    read: () => read(database),
    update: (change) =>
      database.transaction().execute(async (writing) => {
        await sql`select id from models_in_use where id = ${ONLY} for update`.execute(writing);
        const next = change(await read(writing));
        await writing
          .updateTable('models_in_use')
          .set({ said: JSON.stringify(next) })
          .where('id', '=', ONLY)
          .execute();
        return next;
      }),
    attend: async (id, said) => {
      const row = { said: JSON.stringify(said), heard: sql<Date>`now()` };
      await database
        .insertInto('query_encoder')
        .values({ id, ...row })
        .onConflict((known) => known.column('id').doUpdateSet(row))
        .execute();
      await sql`delete from query_encoder where heard < ${silent(2)}`.execute(database);
    },
    leave: async (id) => {
      await database.deleteFrom('query_encoder').where('id', '=', id).execute();
    },
    attending: async () => {
      const rows = await database.selectFrom('query_encoder').select('said').where('heard', '>', silent(1)).execute();
      return rows.map(({ said }) => JSON.parse(said) as QueryEncoderProcess);
    },
    close: () => database.destroy(),
  };
}

/** The time since which who is not heard counts as gone, or so many times as long ago. */
function silent(times: number) {
  return sql<Date>`now() - make_interval(secs => ${(times * SILENCE) / 1000})`;
}

async function read(database: Kysely<Tables>): Promise<ModelsInUse> {
  const row = await database.selectFrom('models_in_use').select('said').where('id', '=', ONLY).executeTakeFirst();
  return row ? (JSON.parse(row.said) as ModelsInUse) : NOTHING_IN_USE;
}

async function migrate(database: Transaction<Tables>): Promise<void> {
  await sql`create table if not exists models_in_use (id integer primary key, said text not null)`.execute(database);
  await sql`insert into models_in_use values (${ONLY}, ${JSON.stringify(NOTHING_IN_USE)}) on conflict do nothing`.execute(
    database,
  );
  await sql`create table if not exists query_encoder (
    id text primary key, said text not null, heard timestamptz not null)`.execute(database);
}
