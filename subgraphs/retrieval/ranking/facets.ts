import { alike } from '../../../src/vocabulary/alike-values.ts';
import { isAmong } from '../../../src/vocabulary/asked-values.ts';
import type { FieldsOf } from '../../../src/vocabulary/item.ts';
import type { ItemFilter, Range } from '../../../src/vocabulary/item-filter.ts';
import type { FacetRequest } from '../../../src/vocabulary/search-request.ts';
import { widened } from '../index/bounds.ts';
import type { Bounds } from '../index/bounds.ts';
import { GroupTally, groupOf } from '../index/group-tally.ts';
import type { FacetCounts, FacetQuery } from '../index/item-index.ts';
import { Spellings } from '../index/spellings.ts';

export interface Facet {
  readonly field: string;
  readonly values: readonly FacetValue[];
  /** The least and the greatest number of the field; absent where none was counted, and in windows from before 2026-11-23. */
  readonly bounds?: Bounds;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
  readonly selected: boolean;
  /** The bounds of a range, from inclusive, to exclusive. */
  readonly from?: number;
  readonly to?: number;
}

/** What a facet is counted over. */
export interface Counted {
  readonly items: readonly FieldsOf[];
  /** Of one group so many count for a value, whichever of its variants have it; all when absent or 0. */
  readonly perGroup?: number;
}

/** Counts a field over some items: its most common values (ties by name), or the given ranges. */
export function countFacet(request: FacetRequest, counted: Counted, filter: ItemFilter | undefined): Facet {
  const values = request.ranges ? countRanges(request, counted, filter) : countTerms(request, counted, filter);
  return { field: request.field, values, ...boundsIn(request.field, counted) };
}

function boundsIn(field: string, { items }: Counted): Pick<Facet, 'bounds'> {
  let bounds: Bounds | undefined;
  for (const item of items) bounds = widened(bounds, item(field));
  return bounds ? { bounds } : {};
}

/** A facet of what else could be chosen, in which what is chosen already counts as in another one. */
export function withChosen(facet: Facet, own: Facet, { limit, ranges }: FacetRequest): Facet {
  const { values } = facet;
  if (ranges) return { ...facet, values: values.map((range, at) => (range.selected && own.values[at]) || range) };
  const chosen = own.values.filter(({ selected }) => selected);
  const others = values.filter(({ selected }) => !selected);
  return { ...facet, values: [...chosen, ...others].slice(0, Math.max(limit, chosen.length)) };
}

/** What an index is asked for a facet over all items that pass: what else could be chosen of its field, and what is chosen already. */
export function facetQuery(request: FacetRequest, filter: ItemFilter | undefined): FacetQuery {
  const { ranges, ...facet } = request;
  return {
    ...facet,
    filter: withoutField(filter, facet.field),
    also: selectedValues(filter, request),
    ...(ranges && { ranges: ranges.map(({ from, to }) => ({ gte: from ?? -Infinity, lt: to ?? Infinity })) }),
  };
}

/** The facet of what an index has counted. */
export function countedFacet(request: FacetRequest, counts: FacetCounts, filter: ItemFilter | undefined): Facet {
  const { field, ranges } = request;
  const { bounds } = counts;
  if (!ranges) return { field, values: facetValues(request, new Map(counts.values), filter), bounds };
  const { values } = countFacet(request, { items: [] }, filter);
  return { field, values: values.map((range, place) => ({ ...range, count: counts.ranges[place] ?? 0 })), bounds };
}

function countTerms(
  request: FacetRequest,
  { items, perGroup }: Counted,
  filter: ItemFilter | undefined,
): readonly FacetValue[] {
  const tallies = new Map<string, GroupTally>();
  const spellings = new Spellings(request.field);
  const wanted = isAmong(request.field, request);
  for (const item of items)
    for (const value of spellings.take(item(request.field), 1)) {
      if (!wanted(value)) continue;
      const tally = tallies.get(value) ?? new GroupTally(perGroup);
      tallies.set(value, tally);
      tally.take(groupOf(item));
    }
  const counts = [...tallies].map(([value, { count }]) => [spellings.commonest(value), count] as const);
  return facetValues(request, new Map(counts), filter);
}

/** The values with the highest counts, those that are chosen before them: as items write them, or as asked for where no item has them. */
function facetValues(
  request: FacetRequest,
  counts: Map<string, number>,
  filter: ItemFilter | undefined,
): readonly FacetValue[] {
  const { field, limit } = request;
  const chosen = new Map(selectedValues(filter, request).map((value) => [alike(field, value), value]));
  const isChosen = (value: string): boolean => chosen.has(alike(field, value));
  const had = new Set([...counts.keys()].filter(isChosen).map((value) => alike(field, value)));
  for (const [key, value] of chosen) if (!had.has(key)) counts.set(value, 0);
  const values = [...counts].map(([value, count]) => ({ value, count, selected: isChosen(value) }));
  return values
    .sort((a, b) => Number(b.selected) - Number(a.selected) || b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, Math.max(limit, values.filter(({ selected }) => selected).length));
}

function countRanges(
  { field, ranges = [] }: FacetRequest,
  { items, perGroup }: Counted,
  filter: ItemFilter | undefined,
): readonly FacetValue[] {
  const chosen = selectedRanges(filter, field);
  return ranges.map(({ from, to }) => {
    const inside = (value: unknown) =>
      typeof value === 'number' && value >= (from ?? -Infinity) && value < (to ?? Infinity);
    const tally = new GroupTally(perGroup);
    for (const item of items) if (item(field).some(inside)) tally.take(groupOf(item));
    return {
      value: `${String(from ?? '*')}-${String(to ?? '*')}`,
      count: tally.count,
      selected: chosen.some((range) => isRange(range, { from, to })),
      from,
      to,
    };
  });
}

function selectedValues(filter: ItemFilter | undefined, facet: FacetRequest): readonly string[] {
  const chosen = choicesOf(filter, facet.field).flatMap((choice) => ('in' in choice ? choice.in : []));
  return chosen.filter(isAmong(facet.field, facet));
}

function selectedRanges(filter: ItemFilter | undefined, field: string): readonly Range[] {
  return choicesOf(filter, field).flatMap((choice) => ('range' in choice ? [choice.range] : []));
}

/** What is chosen of a field; several values or ranges may be, by an "or" of them. */
function choicesOf(filter: ItemFilter | undefined, field: string): readonly Extract<ItemFilter, { field: string }>[] {
  if (!filter) return [];
  if ('and' in filter) return filter.and.flatMap((part) => choicesOf(part, field));
  if ('or' in filter) return isOf(filter, field) ? filter.or.flatMap((part) => choicesOf(part, field)) : [];
  return 'field' in filter && filter.field === field ? [filter] : [];
}

/** Whether a condition means just this range: its start is in it and its end is not. */
function isRange({ gte, gt, lte, lt }: Range, { from, to }: Pick<FacetValue, 'from' | 'to'>): boolean {
  return gte === (from ?? undefined) && lt === (to ?? undefined) && gt === undefined && lte === undefined;
}

/** Whether it is a condition on the field, or a choice among such. */
function isOf(filter: ItemFilter, field: string): boolean {
  if ('or' in filter) return filter.or.length > 0 && filter.or.every((part) => isOf(part, field));
  return 'field' in filter && filter.field === field;
}

/** The filter without its top-level conditions on a field, so that a facet can show what else could be chosen; itself where it has none. */
export function withoutField(filter: ItemFilter | undefined, field: string): ItemFilter | undefined {
  if (!filter) return undefined;
  if ('and' in filter) {
    const kept = filter.and.flatMap((part) => withoutField(part, field) ?? []);
    if (kept.length === filter.and.length && kept.every((part, at) => part === filter.and[at])) return filter;
    return kept.length > 0 ? { and: kept } : undefined;
  }
  return isOf(filter, field) ? undefined : filter;
}
