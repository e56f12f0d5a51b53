import type { FacetQuery } from './item-index.ts';

type Counted = readonly [value: string, count: number];

/** The values that a facet wants of those that were counted, in its order. Of many values few are wanted, so they are not all sorted. */
export function mostCommon(
  counts: ReadonlyMap<string, number>,
  { limit, also = [] }: Pick<FacetQuery, 'limit' | 'also'>,
): ReadonlyMap<string, number> {
  const best: Counted[] = [];
  for (const counted of counts) {
    const last = best.at(-1);
    if (best.length >= limit && (!last || !before(counted, last))) continue;
    best.splice(placeOf(counted, best), 0, counted);
    if (best.length > limit) best.pop();
  }
  return new Map([...best, ...also.flatMap((value) => one(value, counts))]);
}

function before([a, inA]: Counted, [b, inB]: Counted): boolean {
  return inA > inB || (inA === inB && a < b);
}

/** Where it belongs among those in order. */
function placeOf(counted: Counted, sorted: readonly Counted[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    if (there && before(there, counted)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function one(value: string, counts: ReadonlyMap<string, number>): readonly Counted[] {
  const count = counts.get(value);
  return count === undefined ? [] : [[value, count]];
}
