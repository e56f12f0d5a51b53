/**
 * Measures one row: findings go to standard output, a line of JSON each, and what is going on to standard error.
 *
 *     npx node --expose-gc test/bench/measure-row.ts NAME [quick]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROWS } from './rows.ts';

const [name = '', scale] = process.argv.slice(2);
const row = await ROWS[name]?.();
if (!row) throw new Error(`there is no row "${name}"`);
const folder = await mkdtemp(join(tmpdir(), 'medley-bench-'));
try {
  const say = (line: string) => process.stderr.write(`  ${name}: ${line}\n`);
  for (const finding of await row({ quick: scale === 'quick', folder, say })) console.log(JSON.stringify(finding));
} finally {
  await rm(folder, { recursive: true, force: true });
}
