import { readTextFile } from '../../src/runtime/text-file.ts';
import { synonymRules } from './index/synonym-rules.ts';
import type { SynonymRule } from './index/synonym-rules.ts';

/** Errors: INVALID_SETTING where the file cannot be read, or a line is no rule. */
export function readSynonyms(file: string): readonly SynonymRule[] {
  return synonymRules(readTextFile(file, 'synonyms'));
}
