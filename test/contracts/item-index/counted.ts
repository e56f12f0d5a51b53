import { passes } from '../../../src/vocabulary/item-filter.ts';
import { fieldValues } from '../../../src/vocabulary/item.ts';
import type { FacetCounts, FacetQuery, ItemRow } from '../../../subgraphs/retrieval/index/item-index.ts';

type Counted = readonly [value: string, count: number];

/** What is to be counted, item by item and value by value. */
export function countsOf(rows: readonly ItemRow[], query: FacetQuery): FacetCounts {
  const { field, filter, limit, also = [], ranges } = query;
  const items = rows.map(({ item }) => item).filter((item) => !filter || passes(item, filter));
  const numbers = items.flatMap((item) => fieldValues(item, field)).filter((value) => typeof value === 'number');
  const bounds = numbers.length > 0 && { bounds: { least: Math.min(...numbers), greatest: Math.max(...numbers) } };
  if (ranges)
    return {
      ...bounds,
      values: new Map(),
      ranges: ranges.map((range) => items.filter((item) => passes(item, { field, range })).length),
    };
  const spellings = [...new Set(items.flatMap((item) => fieldValues(item, field).map(String)))];
  const written = (value: string): number =>
    items.filter((item) => fieldValues(item, field).map(String).includes(value)).length;
  const isSame = (a: string) => (b: string) => (field === 'groupId' ? a === b : a.toLowerCase() === b.toLowerCase());
  const inOrder = (one: Counted, other: Counted): number => other[1] - one[1] || (one[0] < other[0] ? -1 : 1);
  const isShown = (value: string): boolean => {
    const ways = spellings.filter(isSame(value)).map((one): Counted => [one, written(one)]);
    return ways.sort(inOrder)[0]?.[0] === value;
  };
  // What choosing a value shows.
  const counts = spellings
    .filter(isShown)
    .filter((value) => isAskedFor(value, query))
    .map((value): Counted => [value, items.filter((item) => passes(item, { field, in: [value] })).length])
    .sort(inOrder);
  const wanted = counts.filter(([value]) => also.some(isSame(value)));
  return { ...bounds, values: new Map([...counts.slice(0, limit), ...wanted]), ranges: [] };
}

const SEPARATED = /(^|[ \-/&.,:;'’"(+_])$/;

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whether a facet is about a value. */
function isAskedFor(value: string, { matching, under }: FacetQuery): boolean {
  const text = plain(value);
  if (matching)
    return Array.from(text).some((_, at) => text.startsWith(plain(matching), at) && SEPARATED.test(text.slice(0, at)));
  if (under === undefined) return true;
  const steps = value.toLowerCase().split(' > ');
  return steps.slice(0, -1).join(' > ') === under.toLowerCase();
}
