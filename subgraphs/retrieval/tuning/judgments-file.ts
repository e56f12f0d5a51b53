import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { readRecords } from '../catalogue/reading/item-reader.ts';
import { judgedQueries } from './judged-queries.ts';
import type { JudgedQuery } from './judged-queries.ts';

/** Reads a file of judgments, .csv or .jsonl; columns that it does not know are passed over. @throws MedleyError INVALID_JUDGMENTS */
export async function readJudgments(file: string): Promise<readonly JudgedQuery[]> {
  const format = formatOf(file);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new MedleyError('INVALID_JUDGMENTS', `There is no file ${file}.`);
  return judgedQueries(readRecords(createReadStream(file), format, 'INVALID_JUDGMENTS'));
}

/** What a file of judgments holds, by its name. @throws MedleyError INVALID_JUDGMENTS */
export function formatOf(file: string): 'csv' | 'jsonl' {
  const [, format] = /\.(csv|jsonl)$/i.exec(file) ?? [];
  if (format === undefined)
    throw new MedleyError('INVALID_JUDGMENTS', `The file is ${file}; expected a name that ends in .csv or .jsonl.`);
  return format.toLowerCase() === 'csv' ? 'csv' : 'jsonl';
}
