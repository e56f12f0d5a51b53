import type { FieldValue } from '../../../../src/vocabulary/item.ts';
import type { BrowsePage } from '../item-index.ts';
import type { ResidentGeneration } from './resident-generation.ts';

/** A page of the items that pass a filter, in order of the first value of a field. Errors: UNKNOWN_FIELD. */
export function browseRows(
  { rows, fields }: ResidentGeneration,
  { filter, order, limit }: BrowsePage,
): { readonly ids: readonly string[]; readonly total: number } {
  const mask = fields.mask(filter);
  const entries: Entry[] = [];
  mask.forEach((bit, row) => {
    if (bit === 1) entries.push({ id: rows.idOf(row), value: order ? fields.values(row, order.field)[0] : undefined });
  });
  const sign = order?.direction === 'DESC' ? -1 : 1;
  entries.sort((a, b) => compare(a, b, sign) || (a.id < b.id ? -1 : 1));
  return { ids: entries.slice(0, limit).map(({ id }) => id), total: entries.length };
}

interface Entry {
  readonly id: string;
  readonly value: FieldValue | undefined;
}

/** Items without the field come last in either direction. */
function compare({ value: a }: Entry, { value: b }: Entry, sign: 1 | -1): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a === b) return 0;
  return a < b ? -sign : sign;
}
