import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cornerItem, writeCornerShop } from '../../support/corner-shop.ts';
import { describeOnEitherIndex } from '../../support/either-index.ts';
import { codesOf } from '../../support/front-door.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const TREE = ['Women > Shoes > Boots', 'Women > Shoes > Sandals', 'Women > Bags', 'Men > Shoes > Boots', 'Home'];
const BRANDS = ['Under Armour', 'Armani', 'Élan', 'Farmhouse', "Levi's"];

/** Forty items; every tree path and brand eight times, each brand on all paths. */
async function writeTree(folder: string): Promise<string> {
  const file = await writeCornerShop(folder, 40);
  const items = Array.from({ length: 40 }, (_, n) => ({
    ...cornerItem(n),
    category: TREE[n % TREE.length],
    brand: BRANDS[Math.floor(n / TREE.length) % BRANDS.length],
  }));
  await writeFile(join(folder, 'items.jsonl'), items.map((item) => JSON.stringify(item)).join('\n'));
  return file;
}

const path = (...values: readonly string[]) => ({ field: 'categoryPath', in: values });
const under = (above: string) => ({ field: 'categoryPath', under: above });
const valuesOf = ({ facets }: Found) => facets.map(({ values }) => values.map(({ value }) => value));

function holdsFor(env: Readonly<Record<string, string>>): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ catalogue: writeTree, env });
  });
  afterAll(() => shop.close());

  it.each([{}, { text: 'mug' }])('shows one level at a time, as many as choosing a path shows: %j', async (words) => {
    const found = await shop.search({
      ...words,
      facets: ['', 'Women', 'women > shoes', 'Home', 'Nowhere'].map(under),
    });
    const [roots = [], women = [], shoes = [], ...none] = valuesOf(found).map((values) => values.toSorted());
    expect([roots, women, shoes, ...none]).toEqual([
      ['Home', 'Men', 'Women'],
      ['Women > Bags', 'Women > Shoes'],
      ['Women > Shoes > Boots', 'Women > Shoes > Sandals'],
      [],
      [],
    ]);
    for (const { value, count } of found.facets.flatMap(({ values }) => values))
      expect([value, (await shop.search({ ...words, filter: path(value) })).totalCount.value]).toEqual([value, count]);
  });

  it('keeps what stands beside a chosen path, and says on its own level alone that it is chosen', async () => {
    const { facets } = await shop.search({
      filter: path('Women > Shoes'),
      facets: [under(''), under('Women'), under('Women > Shoes')],
    });
    const [roots, women, shoes] = facets.map(({ values }) =>
      values.map(({ value, selected }) => (selected ? `${value}!` : value)),
    );
    expect(roots).toEqual(['Women', 'Home', 'Men']);
    expect(women).toEqual(['Women > Shoes!', 'Women > Bags']);
    expect(shoes?.toSorted()).toEqual(['Women > Shoes > Boots', 'Women > Shoes > Sandals']);
  });

  it.each([{}, { text: 'mug' }])('finds values by what they or one of their words begin with: %j', async (words) => {
    const matching = ['arm', 'ARMO', 'elan', 'under ar', "levi's", 'mani', '.*', ' '];
    const found = await shop.search({ ...words, facets: matching.map((it) => ({ field: 'brand', matching: it })) });
    expect(valuesOf(found).map((values) => values.toSorted())).toEqual([
      ['Armani', 'Under Armour'],
      ['Under Armour'],
      ['Élan'],
      ['Under Armour'],
      ["Levi's"],
      [],
      [],
      BRANDS.toSorted(),
    ]);
  });
}

describeOnEitherIndex('a menu of the category tree, and a box that searches brands', holdsFor);

describe('values of a facet that cannot be asked for so', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ items: 12 });
  });
  afterAll(() => shop.close());

  it.each([
    [{ field: 'brand', matching: 'a', under: '' }, 'INVALID_INPUT'],
    [{ field: 'price', ranges: [{ to: 5 }], matching: 'a' }, 'INVALID_INPUT'],
    [{ field: 'brand', matching: 'a'.repeat(51) }, 'INVALID_INPUT'],
    [{ field: 'price', matching: '5' }, 'UNKNOWN_FIELD'],
    [{ field: 'washable', under: '' }, 'UNKNOWN_FIELD'],
  ])('%j is refused: %s', async (facet, code) => {
    const query = 'query ($facets: [FacetInput!]) { search(input: { facets: $facets }) { facets { field } } }';
    expect(codesOf(await shop.ask(query, { facets: [facet] }))).toEqual([code]);
  });
});
