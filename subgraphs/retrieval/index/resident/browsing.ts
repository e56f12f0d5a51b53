import type { FieldValue } from '../../../../src/vocabulary/item.ts';
import { takeIn } from '../few-best.ts';
import { GROUP_FIELD } from '../group-tally.ts';
import type { BrowseOrder, BrowsePage } from '../item-index.ts';
import type { ResidentGeneration } from './resident-generation.ts';

/** A page of the items that pass a filter, in order of the first values of some fields. Errors: UNKNOWN_FIELD. */
export function browseRows(
  generation: ResidentGeneration,
  { filter, orders = [], limit, perGroup = 0 }: BrowsePage,
): { readonly ids: readonly string[]; readonly total: number } {
  const { rows, fields } = generation;
  const before = inOrder(generation, orders);
  const page: number[] = [];
  // By what the field is kept under there, 0 for an item of no group.
  const grouped = perGroup > 0 ? fields.column(GROUP_FIELD) : undefined;
  const groups = new Map<number, number[]>();
  let total = 0;
  const take = (row: number): void => {
    total += 1;
    takeIn(row, page, { limit, before });
  };
  fields.mask(filter).forEach((bit, row) => {
    if (bit !== 1) return;
    const group = grouped?.code(row) ?? 0;
    if (group === 0) {
      take(row);
      return;
    }
    const first = groups.get(group) ?? [];
    groups.set(group, first);
    takeIn(row, first, { limit: perGroup, before });
  });
  groups.forEach((first) => {
    first.forEach(take);
  });
  return { ids: page.map((row) => rows.idOf(row)), total };
}

/** Whether a row stands before another: by the first order, then by those after it, then by id. */
function inOrder({ rows, fields }: ResidentGeneration, orders: readonly BrowseOrder[]) {
  return (a: number, b: number): boolean => {
    for (const { field, direction } of orders) {
      const order = compare(fields.values(a, field)[0], fields.values(b, field)[0], direction);
      if (order !== 0) return order < 0;
    }
    return rows.idOf(a) < rows.idOf(b);
  };
}

/** Items without the field come last in either direction. */
function compare(a: FieldValue | undefined, b: FieldValue | undefined, direction: BrowseOrder['direction']): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a === b) return 0;
  return a < b === (direction === 'ASC') ? -1 : 1;
}
