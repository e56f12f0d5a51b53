import type { ItemFilter } from '../../../../src/vocabulary/item-filter.ts';
import type { FacetCounts, FacetQuery } from '../item-index.ts';
import { mostCommon } from '../most-common.ts';
import { isWithin } from './field-column.ts';
import type { FieldColumn } from './field-column.ts';
import type { ResidentGeneration } from './resident-generation.ts';

/** Counts fields over the items that pass; of facets under one and the same filter it is judged once. Errors: UNKNOWN_FIELD. */
export function countFacets(
  { fields }: ResidentGeneration,
  queries: readonly FacetQuery[],
): { readonly counts: readonly FacetCounts[] } {
  const masks = new Map<ItemFilter | undefined, Uint8Array>();
  const counts = queries.map((query) => {
    const mask = masks.get(query.filter) ?? fields.mask(query.filter);
    masks.set(query.filter, mask);
    return countColumn(fields.column(query.field), mask, query);
  });
  return { counts };
}

function countColumn(column: FieldColumn, mask: Uint8Array, query: FacetQuery): FacetCounts {
  if (query.ranges) return { values: new Map(), ranges: countRanges(column, mask, query.ranges) };
  const counts = new Map<string, number>();
  column.tally(mask, (values, rows) => {
    for (const value of new Set(values.map(String))) counts.set(value, (counts.get(value) ?? 0) + rows);
  });
  return { values: mostCommon(counts, query), ranges: [] };
}

function countRanges(
  column: FieldColumn,
  mask: Uint8Array,
  ranges: NonNullable<FacetQuery['ranges']>,
): readonly number[] {
  const judges = ranges.map(isWithin);
  const counts = ranges.map(() => 0);
  column.tally(mask, (values, rows) => {
    judges.forEach((within, place) => {
      if (within(values)) counts[place] = (counts[place] ?? 0) + rows;
    });
  });
  return counts;
}
