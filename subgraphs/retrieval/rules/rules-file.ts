import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { withoutMark } from '../../../src/runtime/byte-order-mark.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { rulesSchema } from './rule.ts';
import type { Rule } from './rule.ts';

/** Errors: INVALID_SETTING where the file cannot be read, or rules are wrong; all problems are told together. */
export function readRules(file: string): readonly Rule[] {
  const read = rulesSchema.safeParse(readJson(file));
  if (read.success) return read.data;
  throw new MedleyError('INVALID_SETTING', `the ranking rules are wrong:\n${z.prettifyError(read.error)}`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(withoutMark(readFileSync(file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MedleyError('INVALID_SETTING', `${file} is no file of ranking rules: ${reason}`, { cause });
  }
}
