import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEitherIndex } from '../../support/either-index.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const signals = { LEXICAL: { prior: 0.5 }, TEXT: { prior: 0.3 }, IMAGE: { prior: 0.2 } };
const PROFILES = [
  { key: 'default', version: 1, signals },
  { key: 'all', version: 1, signals, sortedCutoff: 0 },
];
const RULES = [{ key: 'sold', when: { words: ['red vase'] }, hide: { field: 'category', in: ['vases'] } }];
const BY_PRICE = [{ field: 'PRICE', direction: 'ASC' }];
const SHARE = 0.75;

describeOnEitherIndex('a sorted search', (env) => {
  let folder: string;
  let shop: Shop;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-sorted-'));
    const file = join(folder, 'profiles.json');
    await writeFile(file, JSON.stringify(PROFILES));
    const rules = join(folder, 'rules.json');
    await writeFile(rules, JSON.stringify(RULES));
    shop = await openShop({ env: { ...env, MEDLEY_RANKING_PROFILES: file, MEDLEY_RANKING_RULES: rules } });
  });
  afterAll(async () => {
    await shop.close();
    await rm(folder, { recursive: true });
  });

  const scoresOf = ({ edges }: Found) => edges.map(({ score }) => score);
  const idsOf = ({ edges }: Found) => edges.map(({ itemId }) => itemId);
  const search = (input: object) => shop.search(input, { first: 100 });

  it('leaves out what resembles its words only a little, and nothing that is about as good as the best', async () => {
    const asRanked = await search({ text: 'red mug' });
    const least = SHARE * Math.max(...scoresOf(asRanked));
    const good = asRanked.edges.filter(({ score }) => score >= least).map(({ itemId }) => itemId);
    expect(good.length).toBeLessThan(asRanked.edges.length / 2);

    const sorted = await search({ text: 'red mug', sort: BY_PRICE });
    expect(idsOf(sorted).toSorted()).toEqual(good.toSorted());
    expect(sorted.totalCount).toEqual({ value: good.length, relation: 'EXACT' });
    const byRelevanceFirst = [{ field: 'RELEVANCE', direction: 'DESC' }, ...BY_PRICE];
    expect((await search({ text: 'red mug', sort: byRelevanceFirst })).totalCount).toEqual(asRanked.totalCount);
  });

  it('is measured by the best of all, so that each facet counts what choosing its value shows', async () => {
    const facets = [{ field: 'brand' }, { field: 'category' }, { field: 'size' }];
    const input = { text: 'red mug', sort: BY_PRICE, facets };
    const sorted = await search(input);
    const chosen = sorted.facets.flatMap(({ field, values }) =>
      values.map(({ value, count }) => ({ field, value, count })),
    );
    expect(chosen.length).toBeGreaterThan(1);
    for (const { field, value, count } of chosen) {
      const narrowed = await search({ ...input, filter: { field, in: [value] } });
      expect({ field, value, count: narrowed.totalCount.value }).toEqual({ field, value, count });
      const own = narrowed.facets.find((facet) => facet.field === field)?.values ?? [];
      expect(own.map((each) => ({ ...each, selected: false })).toSorted(byValue)).toEqual(
        (sorted.facets.find((facet) => facet.field === field)?.values ?? []).toSorted(byValue),
      );
    }
  });

  it('is measured by the best of what is filtered where nothing of it is about as good: who narrows down loses not all', async () => {
    const asked = { text: 'red mug', facets: [{ field: 'category' }] };
    const categoriesOf = ({ facets }: Found) => facets.flatMap(({ values }) => values.map(({ value }) => value));
    const shown = new Set(categoriesOf(await search({ ...asked, sort: BY_PRICE })));
    const others = categoriesOf(await search(asked)).filter((value) => !shown.has(value));
    expect(others.length).toBeGreaterThan(0);
    for (const value of others) {
      const filter = { field: 'category', in: [value] };
      const asRanked = await search({ text: 'red mug', filter });
      const least = SHARE * Math.max(...scoresOf(asRanked));
      const good = asRanked.edges.filter(({ score }) => score >= least).map(({ itemId }) => itemId);
      expect(idsOf(await search({ text: 'red mug', filter, sort: BY_PRICE })).toSorted()).toEqual(good.toSorted());
    }
  });

  it('is measured by what can be shown: neither by what rules hide nor by the item that is asked with', async () => {
    const facets = [{ field: 'brand' }];
    const input = { text: 'red vase', sort: BY_PRICE, facets };
    const sorted = await search(input);
    const counts = sorted.facets.flatMap(({ values }) => values);
    expect(counts.length).toBeGreaterThan(0);
    for (const { value, count } of counts) {
      const narrowed = await search({ ...input, filter: { field: 'brand', in: [value] } });
      expect({ value, count: narrowed.totalCount.value }).toEqual({ value, count });
    }

    const [itemId] = idsOf(await search({ text: 'blue lamp' }));
    const likeBoth = { parts: [{ text: 'blue lamp' }, { itemId }] };
    const asRanked = await search(likeBoth);
    const least = SHARE * Math.max(...scoresOf(asRanked));
    const good = asRanked.edges.filter(({ score }) => score >= least).map((edge) => edge.itemId);
    expect(idsOf(await search({ ...likeBoth, sort: BY_PRICE })).toSorted()).toEqual(good.toSorted());
  });

  it('counts what else can be chosen the same where nothing has what is chosen', async () => {
    const input = { text: 'red mug', sort: BY_PRICE, facets: [{ field: 'brand' }] };
    const valuesOf = ({ facets }: Found) => facets.flatMap(({ values }) => values);
    const none = await search({ ...input, filter: { field: 'brand', in: ['Nobody'] } });
    expect(none.totalCount.value).toBe(0);
    expect(valuesOf(none).filter(({ selected }) => !selected)).toEqual(valuesOf(await search(input)));
  });

  it('shows all where the profile or the request says what is cut off', async () => {
    const all = (await search({ text: 'red mug', minScore: 0 })).totalCount;
    expect((await search({ text: 'red mug', minScore: 0, sort: BY_PRICE })).totalCount).toEqual(all);
    const profile = { key: 'all' };
    expect((await search({ text: 'red mug', sort: BY_PRICE, profile })).totalCount).toEqual(all);
  });

  it('measures by no item that is named by its id, and cuts nothing off that is only like an item', async () => {
    const [first = ''] = idsOf(await search({ text: 'red mug' }));
    const named = await search({ text: first, sort: BY_PRICE });
    expect(idsOf(named)).toContain(first);
    const likeOne = { parts: [{ itemId: first }] };
    const asRanked = await search(likeOne);
    expect((await search({ ...likeOne, sort: BY_PRICE })).totalCount).toEqual(asRanked.totalCount);
  });
});

function byValue(a: { readonly value: string }, b: { readonly value: string }): number {
  return a.value < b.value ? -1 : 1;
}
