import { sql } from 'kysely';
import { openDatabase } from '../../src/runtime/database.ts';

/** Opens the database of a folder and counts up in it until it is killed, saying each number once it is kept. */
const [folder = ''] = process.argv.slice(2);
const database = openDatabase({ folder });
await sql`create table if not exists count (n integer primary key)`.execute(database);
for (let n = 1; ; n++) {
  await sql`insert into count values (${n})`.execute(database);
  process.stdout.write(`${n}\n`);
}
