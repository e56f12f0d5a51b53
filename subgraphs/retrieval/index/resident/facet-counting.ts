import type { FieldValue } from '../../../../src/vocabulary/item.ts';
import type { ItemFilter, Range } from '../../../../src/vocabulary/item-filter.ts';
import { widened } from '../bounds.ts';
import type { Bounds } from '../bounds.ts';
import { GROUP_FIELD, GroupTally, groupOf } from '../group-tally.ts';
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
    const tell = query.perGroup ? byGroup(mask, fields.column(GROUP_FIELD)) : alike(mask);
    return countColumn(fields.column(query.field), query, tell);
  });
  return { counts };
}

/** Tells what rows have in a column: how many have the very same and, where groups count, of which one they are. */
type Tell = (column: FieldColumn, told: (values: readonly FieldValue[], rows: number, group?: string) => void) => void;

function alike(mask: Uint8Array): Tell {
  return (column, told) => {
    column.tally(mask, told);
  };
}

function byGroup(mask: Uint8Array, groups: FieldColumn): Tell {
  return (column, told) => {
    mask.forEach((bit, row) => {
      if (bit === 1)
        told(
          column.get(row),
          1,
          groupOf(() => groups.get(row)),
        );
    });
  };
}

function countColumn(column: FieldColumn, query: FacetQuery, tell: Tell): FacetCounts {
  const counting = query.ranges ? countingRanges(query.ranges, query.perGroup) : countingValues(query);
  let bounds: Bounds | undefined;
  tell(column, (values, rows, group) => {
    bounds = widened(bounds, values);
    counting.take(values, rows, group);
  });
  return { ...counting.counts(), ...(bounds && { bounds }) };
}

interface Counting {
  readonly take: (values: readonly FieldValue[], rows: number, group: string | undefined) => void;
  readonly counts: () => Pick<FacetCounts, 'values' | 'ranges'>;
}

function countingValues(query: FacetQuery): Counting {
  const tallies = new Map<string, GroupTally>();
  return {
    take: (values, rows, group) => {
      for (const value of new Set(values.map(String))) {
        const tally = tallies.get(value) ?? new GroupTally(query.perGroup);
        tallies.set(value, tally);
        tally.take(group, rows);
      }
    },
    counts: () => {
      const counts = new Map([...tallies].map(([value, { count }]) => [value, count]));
      return { values: mostCommon(counts, query), ranges: [] };
    },
  };
}

function countingRanges(ranges: readonly Range[], perGroup: number | undefined): Counting {
  const judges = ranges.map((range) => ({ within: isWithin(range), tally: new GroupTally(perGroup) }));
  return {
    take: (values, rows, group) => {
      for (const { within, tally } of judges) if (within(values)) tally.take(group, rows);
    },
    counts: () => ({ values: new Map(), ranges: judges.map(({ tally }) => tally.count) }),
  };
}
