import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cornerItem } from '../../support/corner-shop.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { eventually, readProfile, visit } from '../../support/viewer.ts';

const ITEMS = 336;
const items = new Map(Array.from({ length: ITEMS }, (_, n) => [cornerItem(n).id, cornerItem(n)] as const));

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ items: ITEMS });
});
afterAll(() => shop.close());

const imageWeight = ({ ranking }: Found): number =>
  ranking.weights.find(({ signal }) => signal === 'IMAGE')?.weight ?? 0;

/** Lets a viewer visit again and again; the weight of looks in what it would find, before and after each visit. */
async function weightsOver(
  userId: string,
  visits: readonly (readonly [text: string, pleases: (itemId: string) => boolean])[],
): Promise<readonly number[]> {
  const probe = async (): Promise<number> => imageWeight(await shop.search({ text: 'red mug', userId }));
  const weights = [await probe()];
  let clicks = 0;
  for (const [text, pleases] of visits) {
    const { edges } = await visit(shop, { userId, text }, pleases);
    clicks += Math.min(4, edges.filter(({ itemId }) => pleases(itemId)).length);
    const done = ({ evidence }: { evidence: { shown: number } }): boolean => evidence.shown >= clicks;
    const { evidence } = await eventually(() => readProfile(shop, { userId }), done);
    expect(evidence.shown).toBe(clicks);
    weights.push(await probe());
  }
  expect(clicks).toBeGreaterThan(visits.length);
  return weights;
}

describe('a viewer', () => {
  it('who clicks by looks sees the weight of looks rise over the visits', async () => {
    const looks = (colour: string) => (id: string) => items.get(id)?.colour === colour && !items.get(id)?.told;
    const weights = await weightsOver('by-looks', [
      ['red mug', looks('red')],
      ['blue lamp', looks('blue')],
      ['green rug', looks('green')],
      ['yellow bag', looks('yellow')],
      ['violet vase', looks('violet')],
    ]);
    const [unknown = 0, , middle = 0] = weights;
    expect(middle).toBeGreaterThan(unknown);
    expect(weights.at(-1)).toBeGreaterThan(unknown * 1.1);
    expect((await readProfile(shop, { userId: 'by-looks' })).mixture.image).toBeGreaterThan(0.55);
  });

  it('who clicks by words does not', async () => {
    const named = (word: string) => (id: string) => items.get(id)?.title.includes(word) === true;
    const weights = await weightsOver('by-words', [
      ['Alba red', named('Alba')],
      ['Boreas blue', named('Boreas')],
      ['Cirrus green', named('Cirrus')],
      ['Dune yellow', named('Dune')],
      ['Ember violet', named('Ember')],
    ]);
    expect(weights.at(-1)).toBeLessThanOrEqual(weights[0] ?? 0);
  });

  it('moves nobody else', async () => {
    const stranger = imageWeight(await shop.search({ text: 'red mug', userId: 'stranger' }));
    const nobody = imageWeight(await shop.search({ text: 'red mug' }));
    expect(stranger).toBe(nobody);
  });

  it('who wants no personalisation gets none', async () => {
    const off = { text: 'red mug', userId: 'by-looks', personalization: { enabled: false } };
    expect(imageWeight(await shop.search(off))).toBe(imageWeight(await shop.search({ text: 'red mug' })));
  });
});
