/**
 * Measures Medley beside what it stands on, in one run with checked answers, and writes the table of `README.md`.
 *
 *     npm run bench                  every row; the table is written anew
 *     npm run bench -- search        one row, or several; nothing is written
 *     npm run bench -- --json        the findings as JSON, a line each
 *     npm run bench -- --quick       in small: whether the bench itself works; nothing is written
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { environment } from '../../src/runtime/environment.ts';
import type { Finding } from './finding.ts';
import { machineFacts } from './machine-facts.ts';
import { ROWS } from './rows.ts';
import { inWords, writeTable } from './table.ts';

interface Options {
  readonly json: boolean;
  readonly quick: boolean;
}

await new Command('bench')
  .argument('[rows...]', `of ${Object.keys(ROWS).join(', ')}`)
  .option('--json', 'findings as JSON, a line each', false)
  .option('--quick', 'small sizes, to check the bench itself', false)
  .action(bench)
  .parseAsync();

async function bench(asked: readonly string[], { json, quick }: Options): Promise<void> {
  const unknown = asked.filter((name) => !(name in ROWS));
  if (unknown.length > 0)
    throw new Error(`there is no row "${unknown.join('", "')}"; there are ${Object.keys(ROWS).join(', ')}`);
  const facts = machineFacts();
  console.error(facts);
  const findings: Finding[] = [];
  for (const name of asked.length > 0 ? asked : Object.keys(ROWS))
    await measure(name, quick, (finding) => {
      const told = quick ? { ...finding, goal: undefined } : finding;
      findings.push(told);
      console.log(json ? JSON.stringify({ row: name, ...told }) : inWords(told));
    });
  if (asked.length === 0 && !quick && process.exitCode === undefined) await writeTable(findings, facts);
}

/** In a process of its own, so that no row inherits the heap of another. A row that fails costs the exit status, not the rest. */
async function measure(name: string, quick: boolean, onFinding: (finding: Finding) => void): Promise<void> {
  const program = fileURLToPath(new URL('measure-row.ts', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', program, name, ...(quick ? ['quick'] : [])], {
    env: { ...environment(), NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[code: number | null]>;
  for await (const line of createInterface(child.stdout)) onFinding(JSON.parse(line) as Finding);
  const [code] = await ended;
  if (code === 0) return;
  console.error(`FAILED ${name}: a wrong answer or a broken row, no slow one`);
  process.exitCode = 1;
}
