import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/runtime/database.ts';
import { until } from '../support/is-alive.ts';

const FALLEN = join(import.meta.dirname, 'fallen-database.ts');
const WRITER = join(import.meta.dirname, 'database-writer.ts');

describe('an embedded database whose process is killed', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-database-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('in the middle of being created is created anew by the next start', async () => {
    const writer = start(folder);
    // It looks whole for a moment before it is: PostgreSQL refuses to start in a folder that was left so.
    const whole = ['tables', 'tables.new'].map((name) => join(folder, name, 'PG_VERSION'));
    while (!whole.some((file) => existsSync(file))) await sleep(1);
    await kill(writer);
    const database = openDatabase({ folder });
    expect((await sql`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
    await database.destroy();
    expect(await readdir(folder)).toEqual(['tables']);
  });

  it('in the middle of writing keeps what it had answered, and was nobody else’s until then', async () => {
    const writer = start(folder);
    let last = 0;
    writer.stdout?.on('data', (said) => (last = Number(String(said).trim().split('\n').at(-1))));
    await until(() => last >= 50);
    const second = openDatabase({ folder });
    await expect(sql`select 1`.execute(second)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
    await kill(writer);
    const database = openDatabase({ folder });
    const { rows } = await sql<{ n: number }>`select max(n) as n, count(*)::int as kept from count`.execute(database);
    await database.destroy();
    expect(last).toBeGreaterThanOrEqual(50);
    expect(rows[0]?.n).toBeGreaterThanOrEqual(last);
    expect(rows[0]).toEqual({ n: rows[0]?.n, kept: rows[0]?.n });
  });
});

describe('an embedded database whose folder another process took over', () => {
  it('answers nothing more, and keeps nothing of what was under way', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-database-'));
    const database = openDatabase({ folder });
    await sql`create table one (n integer)`.execute(database);
    const refused = { code: 'DATA_FOLDER_LOCKED' };
    const underWay = database.transaction().execute(async (transaction) => {
      await sql`insert into one values (1)`.execute(transaction);
      await rm(join(folder, 'writer.lock'), { recursive: true });
      // It looks every few seconds whether the folder is still its own.
      for (;;) {
        await sql`select 1`.execute(transaction);
        await sleep(50);
      }
    });
    await expect(underWay).rejects.toMatchObject(refused);
    await expect(sql`insert into one values (2)`.execute(database)).rejects.toMatchObject(refused);
    await expect(database.transaction().execute((one) => sql`select 1`.execute(one))).rejects.toMatchObject(refused);
    await database.destroy();
    await rm(folder, { recursive: true, force: true });
  });
});

describe('an embedded database whose log cannot be written', () => {
  it('says so for as long as it lasts, holds nobody up, keeps what it had answered, and goes on by itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-database-'));
    const keeper = spawn(process.execPath, [FALLEN, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 100_000,
    });
    const said = (await keeper.stdout.setEncoding('utf8').toArray()).join('');
    await rm(folder, { recursive: true, force: true });
    expect(JSON.parse(said)).toEqual({
      full: Array.from({ length: 5 }, () => 'USER_PROFILE_UNAVAILABLE'),
      kept: [1, 2, 3, 10],
      more: expect.any(Number),
    });
    expect((JSON.parse(said) as { readonly more: number }).more).toBeLessThanOrEqual(0);
  });
});

describe('an embedded database that runs for long', () => {
  it('has its log cut and the room of what is gone given back each time, as a server does by itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-database-'));
    const database = openDatabase({ folder, tended: 20 });
    await sql`create table one (n integer)`.execute(database);
    await sql`insert into one select generate_series(1, 1000)`.execute(database);
    await sql`delete from one`.execute(database);
    const tending = async () => {
      const done = await sql<{ cut: string; vacuumed: boolean }>`
        select redo_lsn::text as cut, pg_stat_get_vacuum_count('one'::regclass) > 0 as vacuumed
        from pg_control_checkpoint()`.execute(database);
      return done.rows[0];
    };
    for (const _ of ['under way', 'whole']) {
      const before = await tending();
      await until(async () => (await tending())?.cut !== before?.cut);
    }
    expect((await tending())?.vacuumed).toBe(true);
    await database.destroy();
    await rm(folder, { recursive: true, force: true });
  });
});

function start(folder: string): ChildProcess {
  return spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
