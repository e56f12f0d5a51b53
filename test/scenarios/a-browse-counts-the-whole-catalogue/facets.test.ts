import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cornerItem, writeCornerShop } from '../../support/corner-shop.ts';
import { describeOnEitherIndex } from '../../support/either-index.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

/** More than the 500 that a window holds. */
const ITEMS = Array.from({ length: 620 }, (_, n) => cornerItem(n));

/** The items without their pictures, which take long and are not looked at here. */
async function writeLargeShop(folder: string): Promise<string> {
  const file = await writeCornerShop(folder, 0);
  const { images: _, ...catalogue } = JSON.parse(await readFile(file, 'utf8')) as { readonly images: unknown };
  await writeFile(file, JSON.stringify(catalogue));
  await writeFile(join(folder, 'items.jsonl'), ITEMS.map((item) => JSON.stringify(item)).join('\n'));
  return file;
}

const count = (passes: (item: (typeof ITEMS)[number]) => boolean): number => ITEMS.filter(passes).length;
const priced = (item: (typeof ITEMS)[number]): number => Number(item['price']);

const FACETS = [
  { field: 'brand', limit: 2 },
  { field: 'washable' },
  { field: 'category', limit: 1 },
  { field: 'price', ranges: [{ from: null, to: 100 }, { from: 100, to: 600 }, { from: 600 }] },
];

const countsOf = ({ facets }: Found): unknown =>
  Object.fromEntries(facets.map(({ field, values }) => [field, values.map(({ value, count }) => [value, count])]));

function holdsFor(env: Readonly<Record<string, string>>): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ catalogue: writeLargeShop, env });
  });
  afterAll(() => shop.close());

  it('counts every item of the catalogue, however few of them are on the pages', async () => {
    const found = await shop.search({ facets: FACETS }, { first: 5 });
    expect(found.totalCount).toEqual({ value: 620, relation: 'EXACT' });
    expect(countsOf(found)).toEqual({
      brand: [
        ['Kappel', 207],
        ['Nordhagen', 207],
      ],
      washable: [
        ['false', 413],
        ['true', 207],
      ],
      category: [['Home', 620]],
      price: [
        ['*-100', 95],
        ['100-600', 500],
        ['600-*', 25],
      ],
    });
  });

  it('counts every item that matches, and for a field that is filtered what else could be chosen', async () => {
    const filter = {
      and: [
        { field: 'brand', in: ['Ostara', 'Sold out'] },
        { field: 'price', range: { gte: 50 } },
      ],
    };
    const found = await shop.search({ filter, facets: FACETS }, { first: 5 });
    const dear = (item: (typeof ITEMS)[number]) => priced(item) >= 50;
    const own = (item: (typeof ITEMS)[number]) => item['brand'] === 'Ostara';
    expect(found.totalCount).toEqual({ value: count((item) => dear(item) && own(item)), relation: 'EXACT' });
    expect(found.facets[0]?.values).toEqual([
      { value: 'Ostara', count: found.totalCount.value, selected: true },
      { value: 'Sold out', count: 0, selected: true },
    ]);
    expect(countsOf(found)).toMatchObject({
      category: [['Home', found.totalCount.value]],
      price: [
        ['*-100', count((item) => own(item) && priced(item) < 100)],
        ['100-600', count((item) => own(item) && priced(item) >= 100 && priced(item) < 600)],
        ['600-*', count((item) => own(item) && priced(item) >= 600)],
      ],
    });
  });

  it('takes a filter in letters of either case, and shows the values as items write them', async () => {
    const facets = [{ field: 'brand', limit: 1 }, { field: 'category' }];
    const asked = (brand: string, text?: string) =>
      shop.search({ text, filter: { not: { not: { field: 'brand', in: [brand] } } }, facets }, { first: 5 });
    const [as, other] = await Promise.all([asked('Ostara'), asked('oSTARA')]);
    expect(other.totalCount).toEqual(as.totalCount);
    expect(other.edges.map(({ itemId }) => itemId)).toEqual(as.edges.map(({ itemId }) => itemId));
    for (const text of [undefined, 'rug']) {
      const found = await shop.search({ text, filter: { field: 'brand', in: ['oSTARA'] }, facets }, { first: 5 });
      expect(found.facets[0]?.values).toEqual([{ value: 'Ostara', count: expect.any(Number), selected: true }]);
      expect(found.facets[0]?.values[0]?.count).toBeGreaterThan(0);
    }
  });

  it.each<[said: string, asked: object, kind: string | undefined]>([
    ['whole catalogue', {}, undefined],
    ['search', { text: 'rug', weights: { lexical: 1 } }, 'rug'],
  ])('tells between which prices the items of a %s lie, whatever of them is chosen', async (_, asked, kind) => {
    const of = ITEMS.filter((item) => (kind ?? item.kind) === item.kind).map(priced);
    const bounds = { min: Math.min(...of), max: Math.max(...of) };
    for (const filter of [undefined, { field: 'price', range: { gte: 50, lt: 100 } }]) {
      const { data } = await shop.ask<{ search: { readonly facets: readonly object[] } }>(
        'query ($input: SearchInput!) { search(input: $input) { facets { min max } } }',
        {
          input: { ...asked, filter, facets: [{ field: 'price' }, { field: 'price', ranges: [] }, { field: 'brand' }] },
        },
      );
      expect(data.search.facets).toEqual([bounds, bounds, { min: null, max: null }]);
    }
  });

  it('shows the same counts on every page, also when items have gone meanwhile', async () => {
    const first = await shop.search({ facets: FACETS }, { first: 20 });
    await shop.ask('mutation ($ids: [ID!]!) { deleteItems(ids: $ids) { accepted } }', { ids: ['i001'] });
    const { endCursor: after } = first.pageInfo;
    const second = await shop.search({ facets: FACETS }, { first: 20, after });
    expect([second.facets, second.totalCount]).toEqual([first.facets, first.totalCount]);
    const anew = await shop.search({ facets: FACETS });
    expect(anew.totalCount.value).toBe(619);
    expect(countsOf(anew)).toMatchObject({ category: [['Home', 619]] });
  });
}

describeOnEitherIndex('a browse', holdsFor);

describe('a search of which nothing could be compared', () => {
  it('counts nothing, since nothing was found', async () => {
    const shop = await openShop({
      items: 12,
      between: (name, transport) =>
        name === 'query-embedding' ? { ...transport, send: () => Promise.reject(new Error('gone')) } : transport,
    });
    try {
      const imageId = await shop.upload(await readFile(join(shop.folder, 'pictures', 'mug-red.png')));
      const input = { filter: { field: 'brand', in: ['Kappel'] }, facets: [{ field: 'brand' }] };
      const found = await shop.search({ ...input, parts: [{ imageId, weight: 1 }] });
      expect(found.totalCount.value).toBe(0);
      expect(found.facets[0]?.values).toEqual([{ value: 'Kappel', count: 0, selected: true }]);
    } finally {
      await shop.close();
    }
  });
});
