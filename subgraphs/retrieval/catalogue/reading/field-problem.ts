import type { z } from 'zod';

/** What is wrong with a field of an item or of a catalogue file, for whoever wrote it: what was expected, and what came. */
export function fieldProblem(issue: z.core.$ZodIssue, given: unknown, whole = 'item'): string {
  const where = issue.path.map(String).join('.') || whole;
  if (issue.code === 'unrecognized_keys') return `${where}: nothing called ${issue.keys.join(', ')} is known here`;
  const value = issue.path.reduce<unknown>((within, step) => (within as Fields | null | undefined)?.[step], given);
  return `${where}: ${expectedBy(issue)}, ${cameOf(issue, value)} came`;
}

type Fields = Readonly<Record<PropertyKey, unknown>>;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${KINDS[issue.expected] ?? issue.expected} was expected`;
    case 'too_small':
      return issue.origin === 'number'
        ? `a number of at least ${issue.minimum} was expected`
        : 'a text that is not blank was expected';
    case 'too_big':
      return `at most ${issue.maximum} ${issue.origin === 'array' ? 'values' : 'characters'} were expected`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')} was expected`;
    default:
      return issue.message;
  }
}

const SHOWN = 80;

function cameOf({ code }: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (code === 'too_big' && (typeof value === 'string' || Array.isArray(value))) return String(value.length);
  const written = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return written.length > SHOWN ? `${written.slice(0, SHOWN)}…` : written;
}
