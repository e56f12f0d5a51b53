import { isAmong } from '../../../../src/vocabulary/asked-values.ts';
import type { ItemFilter } from '../../../../src/vocabulary/item-filter.ts';
import { widened } from '../bounds.ts';
import type { Bounds } from '../bounds.ts';
import { GROUP_FIELD } from '../group-tally.ts';
import type { FacetCounts, FacetQuery } from '../item-index.ts';
import { mostCommon } from '../most-common.ts';
import { Spellings } from '../spellings.ts';
import { isWithin } from './field-column.ts';
import type { FieldColumn, Held } from './field-column.ts';
import type { ResidentGeneration } from './resident-generation.ts';

/** Counts fields over the items that pass; of facets under one and the same filter it is judged once. Errors: UNKNOWN_FIELD. */
export function countFacets(
  { fields }: Pick<ResidentGeneration, 'fields'>,
  queries: readonly FacetQuery[],
): { readonly counts: readonly FacetCounts[] } {
  const masks = new Map<ItemFilter | undefined, Uint8Array>();
  const counts = queries.map((query) => {
    const mask = masks.get(query.filter) ?? fields.mask(query.filter);
    masks.set(query.filter, mask);
    const column = fields.column(query.field);
    if (!query.perGroup) return countHeld(column.tally(mask), query, { items: (count) => count, count: sum });
    const count = groupCounter(fields.column(GROUP_FIELD), query.perGroup);
    return countHeld(column.rowsOf(mask), query, { items: (rows) => rows.length, count });
  });
  return { counts };
}

/** How rows that hold the same are counted. */
interface Counting<Rows> {
  readonly items: (rows: Rows) => number;
  /** Of several such rows those that count. */
  readonly count: (parts: readonly Rows[]) => number;
}

/** Values are judged once for all rows that hold the same. */
function countHeld<Rows>(
  held: readonly Held<Rows>[],
  query: FacetQuery,
  { items, count }: Counting<Rows>,
): FacetCounts {
  const bounds = boundsOf(held);
  if (query.ranges) {
    const judges = query.ranges.map(isWithin);
    const ranges = judges.map((within) => count(held.flatMap(([values, rows]) => (within(values) ? [rows] : []))));
    return { values: new Map(), ranges, ...bounds };
  }
  const parts = new Map<string, Rows[]>();
  const spellings = new Spellings(query.field);
  const wanted = isAmong(query.field, query);
  for (const [values, rows] of held)
    for (const value of spellings.take(values, items(rows))) {
      if (!wanted(value)) continue;
      const others = parts.get(value);
      if (others) others.push(rows);
      else parts.set(value, [rows]);
    }
  const counts = new Map([...parts].map(([value, its]) => [spellings.commonest(value), count(its)]));
  return { values: mostCommon(counts, query), ranges: [], ...bounds };
}

function boundsOf(held: readonly Held<unknown>[]): Pick<FacetCounts, 'bounds'> {
  let bounds: Bounds | undefined;
  for (const [values] of held) bounds = widened(bounds, values);
  return bounds ? { bounds } : {};
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0);
}

/** Counts rows, of one group at most so many. What was taken of a group holds for one count: so nothing is cleared between two. */
function groupCounter(groups: FieldColumn, limit: number): (parts: readonly Uint32Array[]) => number {
  const taken = new Uint32Array(groups.codes);
  const takenIn = new Uint32Array(groups.codes);
  let turn = 0;
  const take = (row: number): number => {
    const group = groups.code(row);
    if (group === 0) return 1;
    const before = takenIn[group] === turn ? (taken[group] ?? 0) : 0;
    takenIn[group] = turn;
    taken[group] = before + 1;
    return before < limit ? 1 : 0;
  };
  return (parts) => {
    turn += 1;
    let count = 0;
    for (const rows of parts) for (const row of rows) count += take(row);
    return count;
  };
}
