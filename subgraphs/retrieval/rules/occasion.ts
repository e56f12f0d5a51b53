import { alike } from '../../../src/vocabulary/alike-values.ts';
import type { ItemFilter } from '../../../src/vocabulary/item-filter.ts';
import { asks } from './phrase.ts';
import type { Phrase } from './phrase.ts';
import type { Rule } from './rule.ts';

/** What is known of a search by its rules. */
export interface Occasion {
  /** As they are meant: with slips mended. */
  readonly words?: Phrase;
  readonly filter?: ItemFilter;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Whether a rule is about a search. */
export function isAbout({ when, from = -Infinity, until = Infinity }: Rule, { words, filter, now }: Occasion): boolean {
  if (now < from || now >= until) return false;
  if (when.words && !(words && when.words.some((phrase) => asks(words, phrase, when.anywhere)))) return false;
  return !when.chosen || isNarrowed(filter, when.chosen);
}

/** Whether all that pass have values of the field that are among these, since a condition that has to hold says so. */
function isNarrowed(filter: ItemFilter | undefined, chosen: NonNullable<Rule['when']['chosen']>): boolean {
  if (!filter) return false;
  if ('and' in filter) return filter.and.some((part) => isNarrowed(part, chosen));
  if (!('in' in filter) || filter.field !== chosen.field) return false;
  const wanted = new Set(chosen.in.map((value) => alike(chosen.field, value)));
  return filter.in.length > 0 && filter.in.every((value) => wanted.has(alike(chosen.field, value)));
}
