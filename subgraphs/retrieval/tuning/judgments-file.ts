import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { readRecords } from '../catalogue/reading/item-reader.ts';
import { judgedQueries } from './judged-queries.ts';
import type { JudgedQuery } from './judged-queries.ts';

/** Reads a file of judgments, .csv or .jsonl. @throws MedleyError INVALID_JUDGMENTS */
export async function readJudgments(file: string): Promise<readonly JudgedQuery[]> {
  const [, format] = /\.(csv|jsonl)$/i.exec(file) ?? [];
  if (format === undefined)
    throw new MedleyError('INVALID_JUDGMENTS', `The file is named ${file}; .csv or .jsonl was expected.`);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new MedleyError('INVALID_JUDGMENTS', `There is no file ${file}.`);
  return judgedQueries(readRecords(createReadStream(file), format.toLowerCase() === 'csv' ? 'csv' : 'jsonl'));
}
