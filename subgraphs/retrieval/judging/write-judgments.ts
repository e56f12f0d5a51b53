import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { writeDurably } from '../../../src/runtime/durable-file.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { formatOf } from '../tuning/judgments-file.ts';
import type { Judgment } from './judge.ts';

/** The first three are what `medley tune` reads; the others tell a person why. */
const COLUMNS = ['query', 'item', 'grade', 'shown', 'chosen', 'expected'] as const;

/** Before a long work: whether its file can be written. @throws MedleyError INVALID_JUDGMENTS, INVALID_SETTING */
export async function checkFile(file: string, { force }: { readonly force: boolean }): Promise<void> {
  formatOf(file);
  if (!force && (await isThere(file)))
    throw unwritable(`There is a file ${file} already, and somebody may have mended it. Name another, or say --force.`);
  await access(dirname(file), constants.W_OK).catch(() => {
    throw unwritable(`${dirname(file)} is no folder that can be written to. Name a file in another.`);
  });
}

/** Writes a judgments file, .csv or .jsonl by its name; whole or not at all. @throws MedleyError INVALID_SETTING */
export async function writeJudgments(file: string, judgments: readonly Judgment[]): Promise<void> {
  const rows = judgments.map((judgment) => ({ ...judgment, expected: Math.round(judgment.expected * 10) / 10 }));
  const text =
    formatOf(file) === 'csv'
      ? stringify(rows, { header: true, columns: [...COLUMNS] })
      : rows.map((row) => `${JSON.stringify(row, [...COLUMNS])}\n`).join('');
  await writeDurably(file, text).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw unwritable(`The judgments could not be written: ${reason}. Name another file.`);
  });
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function unwritable(message: string): MedleyError {
  return new MedleyError('INVALID_SETTING', message);
}
