import type { Worker } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '../../src/runtime/database.ts';
import { tellingOutages } from '../../src/runtime/database-outage.ts';
import { keepNumbers, outcome } from './kept-numbers.ts';

/**
 * Keeps numbers in the database of a folder whose thread is killed after the second one, in the middle of a statement, and says what each
 * question came to. Nothing is closed at its end: the process has to end all the same.
 */
const [folder = ''] = process.argv.slice(2);
const threads: Worker[] = [];
process.on('worker', (thread) => threads.push(thread));
const database = openDatabase({ folder });
const questions = tellingOutages(
  {
    ...(await keepNumbers(database)),
    think: () => sql`select count(*) from generate_series(1, 1000000000)`.execute(database),
  },
  'USER_PROFILE_UNAVAILABLE',
);

for (const n of [1, 2]) await questions.keep(n);
const killed = outcome(questions.think());
await sleep(100);
await threads.at(-1)?.terminate();
const told = await killed;
while ((await outcome(questions.keep(3))) !== 'kept') await sleep(100);
process.stdout.write(JSON.stringify({ told, kept: await questions.read() }));
