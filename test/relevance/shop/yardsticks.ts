import type { Item } from '../../../src/vocabulary/item.ts';
import { seeded, shuffled } from '../../support/random.ts';
import type { Arm } from './arm.ts';

/** The whole catalogue in an order of chance, another one for each query. */
export function byChance(ids: readonly string[]): Arm {
  const random = seeded(11);
  return { order: () => shuffled(ids, random).slice(0, 100) };
}

/** The most popular first, whatever is asked. */
export function byPopularity(items: readonly Item[]): Arm {
  const order = items.toSorted((a, b) => (b.popularity ?? 0) - (a.popularity ?? 0)).map(({ id }) => id);
  return { order: () => order };
}
