import { readFileSync } from 'node:fs';
import { withoutMark } from '../../../src/runtime/byte-order-mark.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { fileProblems } from '../../../src/runtime/field-problem.ts';
import { rulesSchema } from './rule.ts';
import type { Rule } from './rule.ts';

/** Errors: INVALID_SETTING where the file cannot be read, or rules are wrong; all problems are told together. */
export function readRules(file: string): readonly Rule[] {
  const given = readJson(file);
  const read = rulesSchema.safeParse(given);
  if (read.success) return read.data;
  throw new MedleyError(
    'INVALID_SETTING',
    `The ranking rules in ${file} are wrong:\n${fileProblems(read.error, given)}`,
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(withoutMark(readFileSync(file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MedleyError('INVALID_SETTING', `${file} cannot be read as a file of ranking rules: ${reason}`, { cause });
  }
}
