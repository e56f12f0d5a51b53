import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { RelevanceRow, RowReport } from './relevance-row.ts';
import { describeAll } from './results-page.ts';

const PAGE = `Before.

<!-- results: written by \`npm run relevance\` -->
<!-- end of results -->

After.
`;

function row(name: string): RelevanceRow {
  return { name, claim: `What ${name} says.`, needs: [], run: () => Promise.reject(new Error('not run')) };
}

function report(value: number): RowReport {
  const result = { value, low: value - 0.1, high: value + 0.1 };
  return {
    metric: 'MRR',
    result,
    baselines: {},
    control: null,
    n: 7,
    goal: 0.5,
    reproduced: true,
    arms: [],
    notes: [],
  };
}

async function describedTwice(first: ReadonlyMap<string, RowReport>, second: ReadonlyMap<string, RowReport | string>) {
  const folder = await mkdtemp(join(tmpdir(), 'medley-page-'));
  const page = pathToFileURL(join(folder, 'README.md'));
  const rows = [row('one'), row('two')];
  await writeFile(page, PAGE);
  await writeFile(page, await describeAll(page, rows, first));
  const described = await describeAll(page, rows, second);
  await rm(folder, { recursive: true, force: true });
  return described;
}

describe('the page of results', () => {
  it('keeps what it said of rows that were not run or were skipped, and all that stands around', async () => {
    const page = await describedTwice(new Map([['one', report(0.6)]]), new Map([['two', report(0.7)]]));
    expect(page).toMatch(/^Before\.\n/);
    expect(page).toMatch(/\nAfter\.\n$/);
    expect(page).toMatch(/\| \[one\]\(#one\) +\| MRR +\| +\.600 \| +\.500 to \.700 \|/);
    expect(page).toContain('MRR: .600 [.500, .700], n = 7, goal .500: reproduced.');
    expect(page).toContain('MRR: .700');
    expect(await describedTwice(new Map([['one', report(0.6)]]), new Map([['one', 'no data']]))).toContain('MRR: .600');
  });

  it('says of which rows nothing was measured', async () => {
    const page = await describedTwice(new Map(), new Map([['two', report(0.7)]]));
    expect(page).toContain('What one says. Not measured yet.');
    expect(page).toMatch(/\| one +\| not measured \|/);
  });
});
