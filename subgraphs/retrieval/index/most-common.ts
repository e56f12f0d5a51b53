import { alike } from '../../../src/vocabulary/alike-values.ts';
import { takeIn } from './few-best.ts';
import type { FacetQuery } from './item-index.ts';

type Counted = readonly [value: string, count: number];

/** The values that a facet wants of those that were counted, in its order. */
export function mostCommon(
  counts: ReadonlyMap<string, number>,
  { field, limit, also = [] }: Pick<FacetQuery, 'field' | 'limit' | 'also'>,
): ReadonlyMap<string, number> {
  const best: Counted[] = [];
  for (const counted of counts) takeIn(counted, best, { limit, before });
  const wanted = new Set(also.map((value) => alike(field, value)));
  const besides = wanted.size === 0 ? [] : [...counts].filter(([value]) => wanted.has(alike(field, value)));
  return new Map([...best, ...besides.sort((a, b) => (before(a, b) ? -1 : 1))]);
}

function before([a, inA]: Counted, [b, inB]: Counted): boolean {
  return inA > inB || (inA === inB && a < b);
}
