import type { FieldTypes } from '../../../src/vocabulary/item.ts';
import { firstMisuse } from '../../../src/vocabulary/item-filter.ts';
import type { Rule } from './rule.ts';

interface Known {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the catalogue, where it is known. */
  readonly fields?: FieldTypes;
  /** Those of the pinned ids that are no items, where that is known. */
  readonly unknownIds?: ReadonlySet<string>;
}

/** What of a rule has no effect, and why: searches go on without a word about it, for items and days come and go. */
export function rulesInVain(
  { when: { chosen }, until = Infinity, pin = [], hide, lift = [] }: Rule,
  { now, fields, unknownIds }: Known,
): readonly string[] {
  const gone = pin.filter((id) => unknownIds?.has(id));
  const filters = [...(chosen ? [chosen] : []), ...(hide ? [hide] : []), ...lift.map(({ filter }) => filter)];
  const misuses = fields ? filters.flatMap((filter) => firstMisuse(filter, fields) ?? []) : [];
  return [
    ...(until <= now ? ['the time of its "until" is past, so it can be removed from the file'] : []),
    ...(gone.length > 0 ? [`no item has ${gone.length === 1 ? 'the id' : 'one of the ids'} ${gone.join(', ')}`] : []),
    ...misuses.map(({ field, expected }) => `the field "${field}" cannot be used like this: expected ${expected}`),
  ];
}
