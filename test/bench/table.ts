import { readFile, writeFile } from 'node:fs/promises';
import type { Finding, Quantity } from './finding.ts';
import type { Spread } from './paired.ts';

const README = new URL('README.md', import.meta.url);
const BEGIN = '<!-- measured -->\n';
const END = '<!-- /measured -->';

/** One line for a terminal. */
export function inWords(finding: Finding): string {
  const [what, medley, beside, ratio, goal] = cells(finding);
  return [what, `Medley ${medley}`, beside, ratio, goal].filter((cell) => cell !== '').join(' | ');
}

/** Puts the findings and where they were measured in the place of those that the README holds. */
export async function writeTable(findings: readonly Finding[], facts: string): Promise<void> {
  const page = await readFile(README, 'utf8');
  const [before, after] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)];
  const rows = findings.map((finding) => [...cells(finding), finding.means]);
  const table = aligned([['what', 'Medley', 'beside', 'ratio', 'goal', 'what it means'], ...rows]);
  await writeFile(README, `${page.slice(0, before)}\n${facts}.\n\n${table}\n\n${page.slice(after)}`);
}

function cells({ what, medley, beside, ratio, goal }: Finding): readonly string[] {
  return [
    what,
    amount(medley),
    beside ? `${beside.name} ${amount(beside)}` : '',
    ratio ? times(ratio) : '',
    goal ? `${goal.says}: ${goal.met ? 'met' : 'MISSED'}` : '',
  ];
}

function amount({ value, unit }: Quantity): string {
  return `${digits(value)} ${unit}`;
}

/** The median, and the middle half of the turns. */
function times({ median, low, high }: Spread): string {
  return `${digits(median)} (${digits(low)} to ${digits(high)})`;
}

function digits(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** A Markdown table, its cells padded as the formatter wants them. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
