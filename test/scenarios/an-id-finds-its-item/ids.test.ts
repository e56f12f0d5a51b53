import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lostIn } from '../../support/front-door.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const WRITE = 'mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { accepted } }';

const signals = { LEXICAL: { prior: 0.2 }, TEXT: { prior: 0.8 }, IMAGE: { prior: 0 } };
const PROFILES = [
  { key: 'default', version: 1, signals, minScore: 0.1, boosts: { popularity: 0.3 } },
  { key: 'words', version: 1, signals: { ...signals, TEXT: { prior: 0 } } },
  { key: 'reciprocal', version: 1, signals, fusion: 'RRF' },
  { key: 'varied', version: 1, signals, diversity: 0.9, perGroup: 1 },
];

let folder: string;
let shop: Shop;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-profiles-'));
  const file = join(folder, 'profiles.json');
  await writeFile(file, JSON.stringify(PROFILES));
  shop = await openShop({ env: { MEDLEY_RANKING_PROFILES: file } });
  const items = [
    { id: 'MUGG-2000', title: 'Brass trombone' },
    { id: '**/++', title: 'Silver flute' },
    { id: 'yellow lamp', title: 'Wooden drum', groupId: 'g1' },
  ];
  await shop.ask(WRITE, { items });
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

const ids = ({ edges }: Found): readonly string[] => edges.map(({ itemId }) => itemId);

describe('the id of an item in the search box', () => {
  it.each(['MUGG-2000', ' mugg-2000  ', 'Mugg-2000'])('finds it first, its words not mended: "%s"', async (text) => {
    const found = await shop.search({ text });
    expect(ids(found)[0]).toBe('MUGG-2000');
    expect(found.didYouMean).toBeNull();
    expect(lostIn(found)).toEqual([]);
  });

  it.each<object>([
    { profile: { key: 'words' } },
    { profile: { key: 'reciprocal' } },
    { profile: { key: 'varied' } },
    { weights: { image: 1 } },
    { weights: { text: 1 }, minScore: 0.9 },
    { sort: [{ field: 'RELEVANCE' }] },
  ])('finds it first, whatever the weights: %j', async (settings) => {
    for (const [text, title] of [
      ['mugg-2000', 'Brass trombone'],
      ['**/++', 'Silver flute'],
    ]) {
      const [first] = (await shop.search({ text, ...settings })).edges;
      expect(first?.node?.title).toBe(title);
    }
  });

  it('is a word first where other items have it as one, and finds its item beside them', async () => {
    const { edges } = await shop.search({ text: 'yellow lamp' }, { first: 60 });
    expect(edges[0]?.node?.title).toMatch(/yellow lamp$/);
    expect(edges.map(({ itemId }) => itemId)).toContain('yellow lamp');
    expect((await shop.search({ text: 'Yellow Lamp', weights: { text: 1 } })).edges[0]?.itemId).not.toBe('yellow lamp');
  });

  it('shows beside it what its words and their meaning find, on pages, in totals and in facets that agree', async () => {
    const input = { text: 'yellow lamp', facets: [{ field: 'inStock' }] };
    const first = await shop.search(input, { first: 2 });
    const second = await shop.search(input, { first: 2, after: first.pageInfo.endCursor });
    const all = await shop.search(input, { first: 100 });
    expect([...ids(first), ...ids(second)]).toEqual(ids(all).slice(0, 4));
    expect(all.edges.map(({ node }) => node?.title)).toContain('Ember yellow lamp');
    expect(ids(all).filter((id) => id === 'yellow lamp')).toHaveLength(1);
    expect(all.totalCount).toEqual({ value: all.edges.length, relation: 'EXACT' });
  });

  it('explains it like every other hit, and says what puts it first', async () => {
    const query = `query ($input: SearchInput!) {
      search(input: $input, first: 1) { edges { score explanation { boost summary signals { signal contribution } } } }
    }`;
    const explained = async (input: object) => {
      const { data } = await shop.ask<{ search: { edges: readonly Explained[] } }>(query, { input });
      return data.search.edges[0];
    };
    const [hit, unweighed] = [
      await explained({ text: 'mugg-2000' }),
      await explained({ text: 'mugg-2000', weights: { text: 1 } }),
    ];
    for (const one of [hit, unweighed]) {
      const parts = one?.explanation.signals.map(({ contribution }) => contribution) ?? [];
      expect(parts.reduce((sum, part) => sum + part, one?.explanation.boost ?? 0)).toBeCloseTo(one?.score ?? -1, 5);
      expect(one?.explanation.summary).toMatch(/^Shown because its id is what was asked for/);
    }
    expect(hit?.explanation.signals).toContainEqual({ signal: 'LEXICAL', contribution: expect.any(Number) });
  });

  it('leaves it out where the filter does', async () => {
    const filter = { field: 'category', in: ['Home'] };
    const found = await shop.search({ text: 'mugg-2000', filter });
    expect(ids(found)).not.toContain('MUGG-2000');
    expect(found.didYouMean).toBeNull();
  });

  it('leaves a sort by something else as it is', async () => {
    const { edges } = await shop.search({ text: 'i050', sort: [{ field: 'PRICE' }] }, { first: 100 });
    const found = edges.map(({ itemId }) => itemId).filter((id) => id.startsWith('i'));
    expect(found).toContain('i050');
    expect(found).toEqual(found.toSorted());
  });
});

interface Explained {
  readonly score: number;
  readonly explanation: {
    readonly boost: number;
    readonly summary: string;
    readonly signals: readonly { readonly signal: string; readonly contribution: number }[];
  };
}
