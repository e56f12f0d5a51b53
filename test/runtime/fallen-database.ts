import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '../../src/runtime/database.ts';
import { tellingOutages } from '../../src/runtime/database-outage.ts';
import { keepNumbers, outcome } from './kept-numbers.ts';

/**
 * Keeps numbers in the database of a folder whose log cannot grow after the third one, as on a disk that is full, and says what each
 * question came to. A process of its own: one that a database holds up can only be killed.
 */
const [folder = ''] = process.argv.slice(2);
const database = openDatabase({ folder });
const questions = tellingOutages(
  {
    ...(await keepNumbers(database)),
    keepTwo: (n: number) =>
      database.transaction().execute(async (writing) => {
        await sql`insert into count values (${n})`.execute(writing);
        await sql`insert into count values (${n + 1})`.execute(writing);
      }),
  },
  'USER_PROFILE_UNAVAILABLE',
);
const openFiles = async (): Promise<number> => (await readdir('/proc/self/fd')).length;

for (const n of [1, 2, 3]) await questions.keep(n);
const before = await openFiles();
// PostgreSQL prepares the next part of its log under this name.
const inTheWay = join(folder, 'tables', 'pg_wal', 'xlogtemp.42');
await mkdir(inTheWay);
await sql`select pg_switch_wal()`.execute(database);
const full = await Promise.all([
  ...[4, 5].map((n) => outcome(questions.keep(n))),
  outcome(questions.keepTwo(6)),
  outcome(questions.read()),
]);
full.push(await outcome(questions.keepTwo(8)));
await rm(inTheWay, { recursive: true });
while ((await outcome(questions.keep(10))) !== 'kept') await sleep(100);
const kept = await questions.read();
const more = (await openFiles()) - before;
await database.destroy();
process.stdout.write(JSON.stringify({ full, kept, more }));
