import type { Item } from '../../../src/vocabulary/item.ts';
import type { Sort } from '../../../src/vocabulary/search-request.ts';
import type { Hit } from './hit.ts';

/** Orders a window by the given fields in turn, then by score and id. Items without the field stand last, whichever the direction. */
export function sorted(hits: readonly Hit[], sort: readonly Sort[], items: ReadonlyMap<string, Item>): readonly Hit[] {
  if (sort.length === 0) return hits;
  return hits.toSorted((a, b) => {
    for (const { field, direction } of sort) {
      const order = compare(keyOf(a, field, items), keyOf(b, field, items), direction);
      if (order !== 0) return order;
    }
    return b.score - a.score || (a.id < b.id ? -1 : 1);
  });
}

function compare(a: number | undefined, b: number | undefined, direction: Sort['direction']): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return direction === 'ASC' ? a - b : b - a;
}

function keyOf(hit: Hit, field: Sort['field'], items: ReadonlyMap<string, Item>): number | undefined {
  const item = items.get(hit.id);
  switch (field) {
    case 'RELEVANCE':
      return hit.score;
    case 'PRICE':
      return item?.price?.amount;
    case 'POPULARITY':
      return item?.popularity;
    case 'NEWEST':
      return item?.createdAt === undefined ? undefined : Date.parse(item.createdAt);
  }
}
