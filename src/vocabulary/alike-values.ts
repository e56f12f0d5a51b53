import type { FieldValue } from './item.ts';

/** Their values are ids: in letters of another case they are others. */
const ID_FIELDS: ReadonlySet<string> = new Set(['groupId']);

/** Whether words of the field are the same in letters of either case. */
export function isCaseless(field: string): boolean {
  return !ID_FIELDS.has(field);
}

/** What all ways to write a word of a field have in common. */
export function alike(field: string, word: string): string {
  return isCaseless(field) ? word.toLowerCase() : word;
}

/** Whether a value of the field is one of those asked for: a word in letters of either case, all else as it is written. */
export function isAsked(field: string, asked: readonly string[]): (value: FieldValue) => boolean {
  const written = new Set(asked);
  const words = new Set(asked.map((word) => alike(field, word)));
  return (value) => (typeof value === 'string' ? words.has(alike(field, value)) : written.has(String(value)));
}
