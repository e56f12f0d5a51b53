import { z } from 'zod';

/** What is wrong with a field of an item or of a file, for whoever wrote it: what was expected, and what came. */
export function fieldProblem(issue: z.core.$ZodIssue, given: unknown, whole = 'item'): string {
  const where = z.core.toDotPath(issue.path) || whole;
  if (issue.code === 'unrecognized_keys')
    return `${where}: unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.join(', ')}`;
  const value = issue.path.reduce<unknown>((within, step) => (within as Fields | null | undefined)?.[step], given);
  if (issue.code === 'invalid_key') return `${where}: ${expectedBy(issue)}`;
  // What is wrong between the parts of a whole says so by itself, and the whole may be long.
  if (issue.code === 'custom' && typeof value === 'object') return `${where}: ${issue.message}`;
  return `${where}: ${expectedBy(issue)}, got ${cameOf(issue, value)}`;
}

/** All that is wrong with a file, a line each. */
export function fileProblems({ issues }: z.ZodError, given: unknown): string {
  return issues.map((issue) => fieldProblem(issue, given, 'the file')).join('\n');
}

type Fields = Readonly<Record<PropertyKey, unknown>>;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `expected ${leastOf(issue)}`;
    case 'too_big':
      if (issue.origin === 'array') return `expected at most ${issue.maximum} values`;
      if (issue.origin === 'string') return `expected at most ${issue.maximum} characters`;
      return `expected a number ${issue.inclusive === false ? 'below' : 'of at most'} ${issue.maximum}`;
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
      return issue.issues[0] === undefined ? issue.message : expectedBy(issue.issues[0]);
    default:
      return issue.message;
  }
}

function leastOf({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'string') return 'a text that is not blank';
  if (origin === 'array') return `at least ${minimum} ${minimum === 1 ? 'value' : 'values'}`;
  return `a number ${inclusive === false ? 'above' : 'of at least'} ${minimum}`;
}

const SHOWN = 80;

function cameOf({ code }: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (code === 'too_big' && (typeof value === 'string' || Array.isArray(value))) return String(value.length);
  const written = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return written.length > SHOWN ? `${written.slice(0, SHOWN)}…` : written;
}
