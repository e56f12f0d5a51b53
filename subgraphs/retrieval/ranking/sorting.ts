import { numberIn } from '../../../src/vocabulary/item.ts';
import type { FieldsOf } from '../../../src/vocabulary/item.ts';
import type { Sort } from '../../../src/vocabulary/search-request.ts';
import { relevanceOf } from './hit.ts';
import type { Hit } from './hit.ts';

/** Orders a window by the given fields in turn, then by relevance and id. Items without the field stand last, whichever the direction. */
export function sorted(
  hits: readonly Hit[],
  sort: readonly Sort[],
  fields: ReadonlyMap<string, FieldsOf>,
): readonly Hit[] {
  if (sort.length === 0) return hits;
  return hits.toSorted((a, b) => {
    for (const { field, direction } of sort) {
      const order = compare(keyOf(a, field, fields), keyOf(b, field, fields), direction);
      if (order !== 0) return order;
    }
    return relevanceOf(b) - relevanceOf(a) || (a.id < b.id ? -1 : 1);
  });
}

function compare(a: number | undefined, b: number | undefined, direction: Sort['direction']): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return direction === 'ASC' ? a - b : b - a;
}

/** The field of each sort; relevance is none. */
export const SORT_FIELDS = { PRICE: 'price', NEWEST: 'createdAt', POPULARITY: 'popularity' } as const;

export function sortFields(sort: readonly Sort[]): readonly string[] {
  return sort.flatMap(({ field }) => (field === 'RELEVANCE' ? [] : [SORT_FIELDS[field]]));
}

function keyOf(hit: Hit, field: Sort['field'], fields: ReadonlyMap<string, FieldsOf>): number | undefined {
  if (field === 'RELEVANCE') return relevanceOf(hit);
  const its = fields.get(hit.id);
  return its && numberIn(its, SORT_FIELDS[field]);
}
