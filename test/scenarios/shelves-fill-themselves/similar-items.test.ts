import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cornerItem } from '../../support/corner-shop.ts';
import type { CornerItem } from '../../support/corner-shop.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const items = new Map(Array.from({ length: 60 }, (_, n) => [cornerItem(n).id, cornerItem(n)] as const));

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function ask(
  input: object,
  first = 10,
): Promise<Pick<Found, 'ranking' | 'degradations'> & { hits: readonly CornerItem[] }> {
  const { data, errors } = await shop.ask<{ similarItems: Found }>(
    `query ($input: SimilarItemsInput!, $first: Int) { similarItems(input: $input, first: $first) {
      edges { itemId } ranking { weights { signal weight } } degradations { code message }
    } }`,
    { input, first },
  );
  expect(errors).toEqual([]);
  const { edges, ranking, degradations } = data.similarItems;
  return { hits: edges.flatMap(({ itemId }) => items.get(itemId) ?? []), ranking, degradations };
}

/** i000 is the Alba red mug: red by looks, Alba by words. */
const LIKE = [{ id: 'i000' }];
const share = (hits: readonly CornerItem[], is: (item: CornerItem) => boolean): number =>
  hits.filter(is).length / hits.length;
const isRed = ({ colour }: CornerItem): boolean => colour === 'red';
const isAlba = ({ title }: CornerItem): boolean => title.startsWith('Alba');

describe('similar items', () => {
  it('by look alone look alike, whatever their names', async () => {
    const { hits, ranking } = await ask({ like: LIKE, weights: { image: 1 } });
    expect(ranking.weights).toEqual([{ signal: 'IMAGE', weight: 1 }]);
    expect(share(hits, isRed)).toBe(1);
  });

  it('by text alone are named alike, whatever their looks', async () => {
    const { hits, ranking } = await ask({ like: LIKE, weights: { text: 1 } });
    expect(ranking.weights).toEqual([{ signal: 'TEXT', weight: 1 }]);
    expect(share(hits, isAlba) + share(hits, ({ kind }) => kind === 'mug')).toBeGreaterThan(0.7);
    expect(share(hits, isRed)).toBeLessThan(1);
  });

  it('blended have both', async () => {
    const { hits, ranking } = await ask({ like: LIKE, weights: { text: 1, image: 1 } });
    expect(ranking.weights.map(({ signal }) => signal)).toEqual(['TEXT', 'IMAGE']);
    expect(hits[0]).toMatchObject({ colour: 'red' });
    expect(hits.map(({ id }) => id)).not.toContain('i000');
  });

  it('like one and unlike another go away from the other', async () => {
    const blueBag = [...items.values()].find(({ kind, colour }) => kind === 'bag' && colour === 'blue')?.id;
    const both = [{ id: 'i000' }, { id: blueBag }];
    const blue = ({ colour }: CornerItem): boolean => colour === 'blue';
    const liked = await ask({ like: both, weights: { image: 1 } }, 16);
    const unlike = await ask({ like: LIKE, unlike: [{ id: blueBag }], weights: { image: 1 } }, 16);
    expect(share(liked.hits, blue)).toBeGreaterThan(0);
    expect(share(unlike.hits, blue)).toBe(0);
  });

  it('can be filtered', async () => {
    const { hits } = await ask({ like: LIKE, filter: { field: 'price', range: { lt: 30 } } });
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.every(({ id }) => Number(items.get(id)?.['price']) < 30)).toBe(true);
  });

  it('are less alike among themselves the more diversity is asked for', async () => {
    const colours = async (diversity: number): Promise<number> =>
      new Set((await ask({ like: LIKE, weights: { image: 1 }, diversity })).hits.map(({ colour }) => colour)).size;
    expect(await colours(0.9)).toBeGreaterThan(await colours(0));
  });

  it('leave out an item that is gone, and say so', async () => {
    const { hits, degradations } = await ask({ like: [...LIKE, { id: 'gone' }] });
    expect(hits.length).toBeGreaterThan(0);
    expect(degradations.map(({ code }) => code)).toContain('ITEM_GONE');
  });
});
