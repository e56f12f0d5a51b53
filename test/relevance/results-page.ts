import { readFile } from 'node:fs/promises';
import { armTable, controlCell, controlLine, number, table, verdict } from './present.ts';
import type { RelevanceRow, RowReport } from './relevance-row.ts';

const BEGIN = '<!-- results: written by `npm run relevance` -->';
const END = '<!-- end of results -->';
const HEAD = ['row', 'metric', 'value', '95 %', 'goal', 'n', 'control', 'reproduced'];

/** By name: why a row was skipped, or what was measured. */
type Ran = ReadonlyMap<string, RowReport | string>;

/** The page with these results in the place of those it had; of a row that was skipped, or not run, it says what it said. */
export async function describeAll(page: URL, rows: readonly RelevanceRow[], ran: Ran): Promise<string> {
  const text = await readFile(page, 'utf8');
  const [before = '', rest = ''] = text.split(BEGIN);
  const [old = '', after = ''] = rest.split(END);
  const measured = rows.map((row) => ({ row, report: ran.get(row.name) }));
  const lines = measured.map(({ row, report }) =>
    typeof report === 'object' ? summaryLine(row, report) : kept(old, row.name),
  );
  const sections = measured.map(({ row, report }) => section(old, row, report));
  return `${before}${BEGIN}\n\n${table([HEAD, ...lines], 2)}\n\n${sections.join('\n\n')}\n\n${END}${after}`;
}

function summaryLine({ name }: RelevanceRow, report: RowReport) {
  const { metric, result, goal, n, reproduced } = report;
  return [
    `[${name}](#${name})`,
    metric,
    number(result.value),
    `${number(result.low)} to ${number(result.high)}`,
    number(goal),
    String(n),
    controlCell(report),
    reproduced ? 'yes' : '**no**',
  ];
}

function section(old: string, { name, claim }: RelevanceRow, report: RowReport | string | undefined): string {
  if (typeof report !== 'object') return keptSection(old, name) ?? `### ${name}\n\n${claim} Not measured yet.`;
  const parts = [claim, verdict(report), armTable(report), controlLine(report), ...report.notes];
  return `### ${name}\n\n\`npm run relevance -- ${name}\`\n\n${parts.join('\n\n')}`;
}

function kept(old: string, name: string): readonly string[] {
  const line = old.split('\n').find((each) => each.startsWith(`| [${name}](`)) ?? `| ${name} | not measured ||||||||`;
  return line
    .split('|')
    .slice(1, 1 + HEAD.length)
    .map((cell) => cell.trim());
}

function keptSection(old: string, name: string): string | undefined {
  const all = old.split(/^(?=### )/m);
  return all.find((one) => one.startsWith(`### ${name}\n`))?.trimEnd();
}
