import { takeIn } from './few-best.ts';
import type { FacetQuery } from './item-index.ts';

type Counted = readonly [value: string, count: number];

/** The values that a facet wants of those that were counted, in its order. */
export function mostCommon(
  counts: ReadonlyMap<string, number>,
  { limit, also = [] }: Pick<FacetQuery, 'limit' | 'also'>,
): ReadonlyMap<string, number> {
  const best: Counted[] = [];
  for (const counted of counts) takeIn(counted, best, { limit, before });
  return new Map([...best, ...also.flatMap((value) => one(value, counts))]);
}

function before([a, inA]: Counted, [b, inB]: Counted): boolean {
  return inA > inB || (inA === inB && a < b);
}

function one(value: string, counts: ReadonlyMap<string, number>): readonly Counted[] {
  const count = counts.get(value);
  return count === undefined ? [] : [[value, count]];
}
