import { stringify } from 'csv-stringify/sync';
import { checkOutput, writeOutput } from '../../../src/runtime/output-file.ts';
import { formatOf } from '../tuning/judgments-file.ts';
import type { Judgment } from './judge.ts';

/** The first three are what `medley tune` reads; the others tell a person why. */
const COLUMNS = ['query', 'item', 'grade', 'shown', 'chosen', 'expected'] as const;

/** Before a long work: whether its file can be written. @throws MedleyError INVALID_JUDGMENTS, INVALID_SETTING */
export async function checkFile(file: string, { force }: { readonly force: boolean }): Promise<void> {
  formatOf(file);
  await checkOutput(file, { force });
}

/** Writes a judgments file, .csv or .jsonl by its name; whole or not at all. @throws MedleyError INVALID_SETTING */
export async function writeJudgments(file: string, judgments: readonly Judgment[]): Promise<void> {
  const rows = judgments.map((judgment) => ({ ...judgment, expected: Math.round(judgment.expected * 10) / 10 }));
  const text =
    formatOf(file) === 'csv'
      ? stringify(rows, { header: true, columns: [...COLUMNS] })
      : rows.map((row) => `${JSON.stringify(row, [...COLUMNS])}\n`).join('');
  await writeOutput(file, text);
}
