import type { FieldValue } from '../../../../src/vocabulary/item.ts';
import { GroupTally, groupOf } from '../group-tally.ts';
import type { BrowseOrder, BrowsePage } from '../item-index.ts';
import type { ResidentGeneration } from './resident-generation.ts';

/** A page of the items that pass a filter, in order of the first values of some fields. Errors: UNKNOWN_FIELD. */
export function browseRows(
  { rows, fields }: ResidentGeneration,
  { filter, orders = [], limit, perGroup = 0 }: BrowsePage,
): { readonly ids: readonly string[]; readonly total: number } {
  const mask = fields.mask(filter);
  const entries: Entry[] = [];
  mask.forEach((bit, row) => {
    if (bit === 1)
      entries.push({ row, id: rows.idOf(row), values: orders.map(({ field }) => fields.values(row, field)[0]) });
  });
  entries.sort((a, b) => {
    for (const [place, { direction }] of orders.entries()) {
      const order = compare(a.values[place], b.values[place], direction);
      if (order !== 0) return order;
    }
    return a.id < b.id ? -1 : 1;
  });
  const tally = new GroupTally(perGroup);
  const passing =
    perGroup === 0 ? entries : entries.filter(({ row }) => tally.take(groupOf((field) => fields.values(row, field))));
  return { ids: passing.slice(0, limit).map(({ id }) => id), total: passing.length };
}

interface Entry {
  readonly row: number;
  readonly id: string;
  /** By the place of the order. */
  readonly values: readonly (FieldValue | undefined)[];
}

/** Items without the field come last in either direction. */
function compare(a: FieldValue | undefined, b: FieldValue | undefined, direction: BrowseOrder['direction']): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a === b) return 0;
  return a < b === (direction === 'ASC') ? -1 : 1;
}
