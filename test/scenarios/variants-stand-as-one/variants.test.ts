import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cornerGroup, cornerItem } from '../../support/corner-shop.ts';
import { describeOnEitherIndex } from '../../support/either-index.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { event, recordEvents } from '../../support/viewer.ts';

interface Hit {
  readonly itemId: string;
  readonly variants: readonly { readonly id: string }[];
}

interface Page {
  readonly edges: readonly Hit[];
  readonly totalCount: { readonly value: number; readonly relation: string };
  readonly facets: readonly { readonly values: readonly { readonly value: string; readonly count: number }[] }[];
}

const HITS = 'edges { itemId variants { id } }';
const FACETS = [
  { field: 'brand' },
  { field: 'size' },
  { field: 'price', ranges: [{ to: 20 }, { from: 20, to: 45 }, { from: 45 }] },
];
const GROUPS = new Map(Array.from({ length: 60 }, (_, n) => [cornerItem(n).id, cornerGroup(n)]));

/** All ids of a group but one. */
const othersOf = (id: string): readonly string[] =>
  [...GROUPS].flatMap(([other, group]) => (group === GROUPS.get(id) && other !== id ? [other] : []));

function holdsFor(env: Readonly<Record<string, string>>): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ variants: true, env });
  });
  afterAll(() => shop.close());

  const search = async (input: object): Promise<Page> => {
    const { data, errors } = await shop.ask<{ search: Page }>(
      `query ($input: SearchInput!) {
        search(input: $input, first: 60) { ${HITS} totalCount { value relation } facets { values { value count } } }
      }`,
      { input },
    );
    expect(errors).toEqual([]);
    return data.search;
  };
  const groupsIn = ({ edges }: Pick<Page, 'edges'>) => edges.map(({ itemId }) => GROUPS.get(itemId));

  it.each([{ text: 'mug lamp rug' }, { text: 'blue chair' }, {}, { filter: { field: 'brand', in: ['Kappel'] } }])(
    'shows each thing once where that is asked, by the variant that answers best: %j',
    async (input) => {
      const all = await search(input);
      const once = await search({ ...input, perGroup: 1 });
      const firsts = [...new Map(all.edges.map((hit) => [GROUPS.get(hit.itemId), hit] as const).reverse()).values()];
      expect(new Set(once.edges.map(({ itemId }) => itemId))).toEqual(new Set(firsts.map(({ itemId }) => itemId)));
      expect(once.totalCount).toEqual({ value: firsts.length, relation: 'EXACT' });
      expect(all.edges.length).toBeGreaterThan(once.edges.length);
      const twice = await search({ ...input, perGroup: 2 });
      expect(
        Math.max(...[...Map.groupBy(groupsIn(twice), (group) => group).values()].map(({ length }) => length)),
      ).toBe(2);
    },
  );

  it.each([{ text: 'mug lamp rug' }, {}])(
    'counts for a facet the things that choosing its value shows: %j',
    async (input) => {
      const { facets } = await search({ ...input, perGroup: 1, facets: FACETS });
      const ranges = FACETS[2]?.ranges ?? [];
      for (const [at, { field }] of FACETS.entries())
        for (const [place, { value, count }] of (facets[at]?.values ?? []).entries()) {
          const { from, to } = ranges[place] ?? {};
          const numeric = field === 'size' ? { range: { gte: Number(value), lte: Number(value) } } : { in: [value] };
          const chosen = field === 'price' ? { range: { gte: from, lt: to } } : numeric;
          const { totalCount, facets: then } = await search({
            ...input,
            perGroup: 1,
            facets: FACETS,
            filter: { field, ...chosen },
          });
          expect([field, value, totalCount.value]).toEqual([field, value, count]);
          if (field === 'brand') expect(then[at]?.values.find((one) => one.value === value)?.count).toBe(count);
        }
    },
  );

  it('tells the other variants of each hit, and of an item', async () => {
    const { edges } = await search({ text: 'mugs', perGroup: 1 });
    for (const { itemId, variants } of edges) expect(variants.map(({ id }) => id)).toEqual(othersOf(itemId));
    const { data } = await shop.ask<{ few: readonly object[]; none: readonly object[] }>(
      '{ few: variants(id: "i018", first: 2) { id } none: variants(id: "nobody") { id } }',
    );
    expect(data).toEqual({ few: [{ id: 'i000' }, { id: 'i006' }], none: [] });
  });

  it('shows among similar items no variant of what they are similar to, and each thing once', async () => {
    const { data } = await shop.ask<{ similarItems: Page }>(
      `{ similarItems(input: { like: [{ id: "i001" }, { id: "i014" }] }, first: 60) { ${HITS} } }`,
    );
    const groups = groupsIn(data.similarItems);
    expect(groups.length).toBeGreaterThan(10);
    expect(new Set(groups).size).toBe(groups.length);
    expect(groups).not.toContain(GROUPS.get('i001'));
    expect(groups).not.toContain(GROUPS.get('i014'));
  });

  it('shows each thing on one shelf, once, and no variant of what is looked at', async () => {
    await recordEvents(
      shop,
      ...['i002', 'i008', 'i003'].map((itemId, n) => event(`ann ${itemId}`, { userId: 'ann', itemId }, n)),
    );
    const shelves = async (context: string, ...asked: readonly (readonly [kind: string, first: number])[]) => {
      const { data } = await shop.ask<{ recommendations: readonly { readonly items: readonly Hit[] }[] }>(
        `query ($input: RecommendationsInput!) { recommendations(input: $input) { items { itemId } } }`,
        { input: { userId: 'ann', context: [context], shelves: asked.map(([kind, first]) => ({ kind, first })) } },
      );
      return data.recommendations.map(({ items }) => items.map(({ itemId }) => GROUPS.get(itemId)));
    };
    const all = await shelves('i000', ['RECENTLY_VIEWED', 4], ['FOR_YOU', 4], ['TRENDING', 4], ['BOUGHT_TOGETHER', 20]);
    expect(all.map(({ length }) => length)).toEqual([2, 4, 4, 7]);
    expect(new Set(all.flat()).size).toBe(17);
    expect(all.flat()).not.toContain(GROUPS.get('i000'));
    expect(await shelves('i008', ['TRENDING', 20])).toEqual([[GROUPS.get('i003')]]);
  });

  it('refuses a number that is none of variants', async () => {
    for (const perGroup of [-1, 101]) {
      const { errors } = await shop.ask('query ($n: Int!) { search(input: { text: "mug", perGroup: $n }) { id } }', {
        n: perGroup,
      });
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
      expect(errors[0]?.message).toContain(String(perGroup));
    }
  });
}

describeOnEitherIndex('variants', holdsFor);
