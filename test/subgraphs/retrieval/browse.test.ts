import { describe, expect, it } from '@jest/globals';
import { NO_TILT } from '../../../src/vocabulary/tilt.ts';
import { answeringIndex } from '../../../subgraphs/retrieval/answering-index.ts';
import { browseWindow } from '../../../subgraphs/retrieval/browse.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { keepWindow } from '../../../subgraphs/retrieval/keep-window.ts';
import type { Ranked } from '../../../subgraphs/retrieval/keep-window.ts';
import type { RankSettings } from '../../../subgraphs/retrieval/rank-window.ts';
import { rankingProfilesSchema } from '../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import { servingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import type { ServingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import { memoryWindowStore } from '../../../subgraphs/retrieval/window-store.ts';
import { publish } from '../../contracts/item-index/promises.ts';
import { shop } from '../../contracts/item-index/samples.ts';

const SIGNAL = { prior: 0.5 };
const PROFILES = rankingProfilesSchema.parse([
  { key: 'a', version: 1, window: 20, signals: { LEXICAL: SIGNAL, TEXT: SIGNAL, IMAGE: SIGNAL } },
]);

describe('a window of a browse', () => {
  it('tells where some of the catalogue was not counted', async () => {
    const { index, writer } = openMemoryIndex();
    await publish(writer, shop(40));
    const [profile] = PROFILES;
    if (!profile) throw new Error('no profile');
    const settings = { profile, tilts: { query: NO_TILT, viewer: NO_TILT, strength: 0 }, sort: [], now: 0 };
    const facets = [{ field: 'category', limit: 1 }];
    const serving = servingIndex(index);
    const answering = answeringIndex(serving);
    const whole = await browseWindow(answering.index, settings, facets);
    expect([whole.hits.length, whole.total, answering.partial()]).toEqual([20, 40, false]);
    expect(whole.facets[0]?.values).toEqual([{ value: 'Home', count: 40, selected: false }]);
    const late = answeringIndex({ ...serving, facets: async () => ({ ...(await index.facets([])), partial: true }) });
    await browseWindow(late.index, settings, []);
    expect(late.partial()).toBe(true);
  });
});

describe('a browse of more items than a window holds', () => {
  it('has the newest of those that cost the same, whatever their ids', async () => {
    const { index, writer } = openMemoryIndex();
    const price = { amount: 5, currency: 'EUR' };
    const dated = shop(40).map(({ item, ...rest }, day) => {
      const createdAt = new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
      return { ...rest, item: { ...item, price, createdAt } };
    });
    await publish(writer, dated);
    const [profile] = PROFILES;
    if (!profile) throw new Error('no profile');
    const tilts = { query: NO_TILT, viewer: NO_TILT, strength: 0 };
    const sort = [
      { field: 'PRICE', direction: 'ASC' },
      { field: 'NEWEST', direction: 'DESC' },
    ] as const;
    const { hits } = await browseWindow(servingIndex(index), { profile, tilts, sort, now: 0 }, []);
    const newest = dated.map(({ item }) => item.id).toReversed();
    expect(hits.map(({ id }) => id)).toEqual(newest.slice(0, 20));
  });
});

describe('a browse of things', () => {
  it('counts each variant that a rule pins, as it shows each', async () => {
    const { index, writer } = openMemoryIndex();
    const items = shop(12).map(({ item, ...rest }, at) => ({
      ...rest,
      item: { ...item, groupId: `g${Math.floor(at / 4)}` },
    }));
    await publish(writer, items);
    const [, second, third] = items.map(({ item }) => item.id);
    const [profile] = PROFILES;
    if (!profile || !second || !third) throw new Error('no profile, or no items');
    const rules = [{ key: 'two', description: '', when: { anywhere: false }, pin: [second, third] }];
    const settings = { profile: { ...profile, perGroup: 1 }, rules, sort: [], now: 0 };
    const tilts = { query: NO_TILT, viewer: NO_TILT, strength: 0 };
    const { hits, total } = await browseWindow(servingIndex(index), { ...settings, tilts }, []);
    expect(hits.map(({ pinnedBy }) => pinnedBy)).toEqual(['two', 'two', undefined, undefined]);
    expect(total).toBe(4);
  });
});

/** The total and the degradations of a window of a shop of 20, some of which may not answer. */
async function browsed(isPartial: boolean) {
  const { index, writer } = openMemoryIndex();
  await publish(writer, shop(20));
  const browse: ServingIndex['browse'] = async (page) => ({
    ...(await index.browse(page)),
    ...(isPartial && { partial: true }),
  });
  const profile = { key: 'default', version: 1, window: 10, perGroup: 0, boosts: {} } as RankSettings['profile'];
  const settings: RankSettings = { profile, tilts: {} as RankSettings['tilts'], sort: [], now: 0 };
  const answering = answeringIndex({ ...index, browse } as ServingIndex);
  const ranked = await browseWindow(answering.index, settings, []);
  const request = { kind: 'search', queryId: 'q' } as unknown as Ranked['request'];
  const windows = memoryWindowStore({ cursorTtl: 1000, retention: 1000 });
  const made = {
    request,
    generation: 'first',
    ranked,
    partial: answering.partial(),
    items: { byId: new Map(), partial: false },
    profile,
    facets: [],
    degradations: [],
  };
  const { window } = await keepWindow(made, { windows });
  await writer.close();
  return { total: window.total, degradations: window.degradations.map(({ code }) => code) };
}

it('browsing tells how many items there are', async () => {
  expect(await browsed(false)).toEqual({ total: { value: 20, relation: 'EXACT' }, degradations: [] });
});

it('browsing says so where some of the index did not answer, and that there may be more', async () => {
  const expected = { total: { value: 20, relation: 'AT_LEAST' }, degradations: ['INDEX_PARTIAL'] };
  expect(await browsed(true)).toEqual(expected);
});
