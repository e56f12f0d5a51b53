import { readFileSync, statSync } from 'node:fs';
import { withoutMark } from '../../src/runtime/byte-order-mark.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { synonymRules } from './index/synonym-rules.ts';
import type { SynonymRule } from './index/synonym-rules.ts';

/** Bytes; ten thousand rules take less than one million. */
const LARGEST = 10_000_000;

/** Errors: INVALID_SETTING where the file cannot be read, or a line is no rule. */
export function readSynonyms(file: string): readonly SynonymRule[] {
  return synonymRules(withoutMark(readText(file)));
}

function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size <= LARGEST) return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MedleyError('INVALID_SETTING', `${file} is no file of synonyms: ${reason}`, { cause });
  }
  throw new MedleyError('INVALID_SETTING', `${file} has more than ${LARGEST} bytes, which is no file of synonyms`);
}
