import { writeFile } from 'node:fs/promises';
import { environment } from '../../src/runtime/environment.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { namedModels } from '../../src/inference/releases/model-folders.ts';
import { openEncodedData } from './encodings/encoded-data.ts';
import { evaluationFolder, whatIsMissing } from './folders.ts';
import { armTable, asJson, controlLine, verdict } from './present.ts';
import { loadRow, rowNames } from './registry.ts';
import type { RelevanceRow, RowContext, RowReport } from './relevance-row.ts';
import { describeAll } from './results-page.ts';

/**
 * `npm run relevance`: runs every row and writes the table of README.md, a row as soon as it is there. `npm run relevance -- NAME`:
 * one row, for people; with `--write` into the table, too. `npm run relevance -- NAME --json`: one line of JSON on standard output,
 * and nothing else there. `npm run relevance -- NAME --tune`: what its settings are worth on what is not reported.
 * With other models (`MEDLEY_TEXT_MODEL`, `MEDLEY_IMAGE_MODEL`) nothing is written: the page tells of those that ship.
 */
const json = process.argv.includes('--json');
const write = process.argv.includes('--write');
const tune = process.argv.includes('--tune');
const [name] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const PAGE = new URL('./README.md', import.meta.url);

const say = (line: string): void => {
  console.error(line);
};

/** What `use` makes of a row's evaluation data, or why it cannot. */
async function withData<T>(row: RelevanceRow, use: (context: RowContext) => Promise<T>): Promise<T | string> {
  const env = environment();
  const folder = evaluationFolder(env);
  const missing = whatIsMissing(folder, row.needs);
  if (missing !== undefined) return missing;
  const encoded = await openEncodedData(env, say);
  try {
    return await use({ folder, encoded, say });
  } catch (error) {
    if (error instanceof MedleyError && error.code === 'INVALID_SETTING') return error.message;
    throw error;
  } finally {
    await encoded.close();
  }
}

function runRow(row: RelevanceRow): Promise<RowReport | string> {
  return withData(row, (context) => row.run(context));
}

async function runOne(one: string): Promise<void> {
  const row = await loadRow(one);
  const report = await runRow(row);
  if (typeof report === 'string')
    console.log(json ? JSON.stringify({ name: row.name, skipped: report }) : `skipped: ${report}`);
  else console.log(json ? asJson(row, report) : describe(row, report));
}

function describe(row: RelevanceRow, report: RowReport): string {
  const parts = [row.claim, verdict(report), armTable(report), controlLine(report), ...report.notes];
  return `${row.name}\n\n${parts.join('\n\n')}`;
}

async function tuneOne(one: string): Promise<void> {
  const row = await loadRow(one);
  console.log(row.tune ? await withData(row, row.tune) : `${one} has no settings of its own to tune.`);
}

async function runInto(names: readonly string[]): Promise<void> {
  const { text, picture } = namedModels(environment());
  const other = text ?? picture;
  if (other !== undefined)
    throw new RangeError(
      `The page tells of the models that ship, not of ${other}. Run one row: npm run relevance -- NAME.`,
    );
  const rows = await Promise.all(rowNames().map(loadRow));
  for (const one of names) {
    const row = await loadRow(one);
    say(`\n${row.name}: ${row.claim}`);
    const report = await runRow(row);
    say(typeof report === 'string' ? `skipped: ${report}` : verdict(report));
    await writeFile(PAGE, await describeAll(PAGE, rows, new Map([[one, report]])));
  }
}

try {
  if (name === undefined) await runInto(rowNames());
  else if (tune) await tuneOne(name);
  else await (write ? runInto([name]) : runOne(name));
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
