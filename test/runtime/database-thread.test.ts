import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/runtime/database.ts';

const KILLED = join(import.meta.dirname, 'killed-thread.ts');

describe('an embedded database', () => {
  const database = openDatabase<{ kept: { n: number } }>('memory');
  afterAll(() => database.destroy());

  it('holds nobody up while a statement of it runs', async () => {
    await sql`select 1`.execute(database);
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    await sql`select count(*) from generate_series(1, 3000000)`.execute(database);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(3);
  });

  it('takes and gives bytes, moments, numbers, JSON, lists and nothing as what they are', async () => {
    const given = {
      bytes: Buffer.from([0, 1, 255]),
      moment: new Date('2024-05-06T07:08:09.123Z'),
      long: 9_007_199_254_740_993n,
      json: { a: [1, null, 'ü'] },
      list: ['a', 'b,c'],
      nothing: null,
    };
    const { rows } = await sql`select ${given.bytes}::bytea as bytes, ${given.moment}::timestamptz as moment,
      ${given.long}::bigint as long, ${given.json}::jsonb as json, ${given.list}::text[] as list,
      ${given.nothing}::text as nothing, 7::bigint as short, 0.5::float8 as half, true as yes`.execute(database);
    expect(rows).toEqual([{ ...given, bytes: new Uint8Array(given.bytes), short: 7, half: 0.5, yes: true }]);
  });

  it('says by its own codes what it refuses, and nothing of what was asked', async () => {
    await sql`create table kept (n integer primary key)`.execute(database);
    await sql`insert into kept values (1)`.execute(database);
    const twice = sql`insert into kept values (${1})`.execute(database);
    await expect(twice).rejects.toMatchObject({ code: '23505', constraint: 'kept_pkey', severity: 'ERROR' });
    await expect(twice).rejects.not.toHaveProperty('params');
  });

  it('keeps all of a transaction or nothing, and lets nobody else in between', async () => {
    const failed = database.transaction().execute(async (writing) => {
      await sql`insert into kept values (2)`.execute(writing);
      throw new Error('changed my mind');
    });
    const count = sql<{ n: number }>`select count(*)::int as n from kept`.execute(database);
    await expect(failed).rejects.toThrow('changed my mind');
    expect((await count).rows).toEqual([{ n: 1 }]);
    const aborted = database.transaction().execute(async (writing) => {
      await sql`insert into kept values (1)`.execute(writing).catch(() => undefined);
    });
    await expect(aborted).rejects.toMatchObject({ cause: { code: '25P02' } });
    await database.transaction().execute((writing) => sql`insert into kept values (3)`.execute(writing));
    expect(await database.selectFrom('kept').select('n').orderBy('n').execute()).toEqual([{ n: 1 }, { n: 3 }]);
  });
});

describe('an embedded database whose thread is killed', () => {
  it('says so, keeps what it had answered, goes on by itself, and holds no process that has ended its work', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-database-'));
    const keeper = spawn(process.execPath, [KILLED, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 150_000,
    });
    const [said, [code]] = await Promise.all([
      keeper.stdout.setEncoding('utf8').toArray(),
      once(keeper, 'exit') as Promise<[number]>,
    ]);
    await rm(folder, { recursive: true, force: true });
    expect({ code, said: JSON.parse(said.join('')) as unknown }).toEqual({
      code: 0,
      said: { told: 'USER_PROFILE_UNAVAILABLE', kept: [1, 2, 3] },
    });
  });
});
