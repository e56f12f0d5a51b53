import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const signals = { LEXICAL: { prior: 0.5 }, TEXT: { prior: 0.5 }, IMAGE: { prior: 0 } };
const profile = (key: string, settings: object) => ({ key, version: 1, signals, ...settings });

let folder: string;
let shop: Shop;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-profiles-'));
  const file = join(folder, 'profiles.json');
  const profiles = [
    profile('default', {}),
    profile('short', { candidates: 20, minScore: 0.4 }),
    profile('small', { window: 20 }),
    profile('grouped', { window: 20, perGroup: 1 }),
  ];
  await writeFile(file, JSON.stringify(profiles));
  shop = await openShop({ variants: true, env: { MEDLEY_RANKING_PROFILES: file } });
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

/** Of sixty items in eighteen groups, all have one of these words, ten each. */
const EVERYTHING = 'mug lamp rug bag chair vase';

const total = async (key: string, input: object) => (await shop.search({ profile: { key }, ...input })).totalCount;

describe('the total of a search', () => {
  it('is exact where all that match were ranked', async () => {
    expect(await total('default', { text: EVERYTHING })).toEqual({ value: 60, relation: 'EXACT' });
    expect(await total('default', { text: 'mug', weights: { lexical: 1 } })).toEqual({ value: 10, relation: 'EXACT' });
  });

  it('is exact where what was not ranked cannot match, as of words that ten items have', async () => {
    const sole = { text: 'mug', weights: { lexical: 1 } };
    expect(await total('short', sole)).toEqual({ value: 10, relation: 'EXACT' });
  });

  it('says that it counts what was ranked where more may match', async () => {
    const sole = { weights: { lexical: 1 }, minScore: 0 };
    expect(await total('short', { text: EVERYTHING, ...sole })).toMatchObject({ relation: 'WITHIN_WINDOW' });
    expect(await total('small', { text: EVERYTHING })).toEqual({ value: 20, relation: 'WITHIN_WINDOW' });
  });

  it('counts a group as often as it may stand there, of all that match', async () => {
    expect(await total('grouped', { text: EVERYTHING })).toEqual({ value: 18, relation: 'EXACT' });
  });
});

describe('the facets of a search', () => {
  const profile = { key: 'small' };
  const facets = [{ field: 'brand' }, { field: 'price', ranges: [{ to: 20 }, { from: 20, to: 40 }, { from: 40 }] }];
  const facetsOf = async (filter: object) => {
    const found = await shop.search({ text: EVERYTHING, profile, facets, filter, minScore: 0 });
    const chosen = found.facets.flatMap(({ values }) => values.filter(({ selected }) => selected));
    return { total: found.totalCount.value, chosen: chosen.map(({ count }) => count), found };
  };

  it('count what is chosen as the total does, however much else matches', async () => {
    const { total, chosen, found } = await facetsOf({ field: 'brand', in: ['Ostara'] });
    expect(found.totalCount).toEqual({ value: 20, relation: 'EXACT' });
    expect(chosen).toEqual([total]);
    const ranged = await facetsOf({ field: 'price', range: { gte: 20, lt: 40 } });
    expect(ranged.total).toBeGreaterThan(0);
    expect(ranged.chosen).toEqual([ranged.total]);
  });

  it('count of several that are chosen what makes up the total, and show what else could be', async () => {
    const { total, chosen, found } = await facetsOf({ field: 'brand', in: ['oSTARA', 'Nordhagen', 'Sold out'] });
    expect(chosen.reduce((sum, count) => sum + count, 0)).toBe(total);
    expect(found.facets[0]?.values.map(({ selected }) => selected)).toEqual([true, true, true, false]);
    expect(found.facets[0]?.values.at(-1)).toMatchObject({ value: 'Kappel', count: expect.any(Number) });
  });
});

describe('the total of similar items', () => {
  it.each([
    ['default', 'EXACT'],
    ['short', 'WITHIN_WINDOW'],
  ])('says by the profile %s that it is %s', async (key, relation) => {
    const { data } = await shop.ask<{ readonly similarItems: Found }>(
      'query ($input: SimilarItemsInput!) { similarItems(input: $input) { totalCount { value relation } } }',
      { input: { like: [{ id: 'i000' }], profile: { key } } },
    );
    expect(data.similarItems.totalCount.relation).toBe(relation);
  });
});
