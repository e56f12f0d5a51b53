import { readFileSync } from 'node:fs';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { termsOf } from '../written-words.ts';

/**
 * Reads a file of synonyms, a rule a line as Solr writes them (`sofa, couch` or `telly => television`; # begins a comment), with
 * its words read as the index reads them. Errors: INVALID_SETTING.
 */
export function readSynonyms(file: string): readonly string[] {
  try {
    return synonymRules(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof MedleyError) throw cause;
    throw new MedleyError('INVALID_SETTING', `ELASTICSEARCH_SYNONYMS names a file that cannot be read`, { cause });
  }
}

/** Errors: INVALID_SETTING. */
export function synonymRules(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    const rule = line.replace(/#.*/, '').trim();
    return rule === '' ? [] : [readRule(rule, at + 1)];
  });
}

function readRule(rule: string, line: number): string {
  const sides = rule.split('=>').map((side) =>
    side
      .split(',')
      .map((words) => termsOf(words).join(' '))
      .filter((words) => words !== ''),
  );
  const complete =
    sides.length === 1 ? (sides[0]?.length ?? 0) > 1 : sides.length === 2 && sides.every((side) => side.length > 0);
  if (complete) return sides.map((side) => side.join(', ')).join(' => ');
  const expected = '"one, two" or "one => two" was expected';
  throw new MedleyError('INVALID_SETTING', `line ${line} of the synonyms is "${rule}"; ${expected}`);
}
