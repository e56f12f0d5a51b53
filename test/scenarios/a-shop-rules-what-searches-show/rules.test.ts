import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import { describeOnEitherIndex } from '../../support/either-index.ts';
import { lostIn } from '../../support/front-door.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const MUGS = { field: 'category', in: ['Mugs'] };
const RULES = [
  { key: 'mug-weeks', when: { words: ['mugs'], anywhere: true }, pin: ['i001', 'gone', 'i018'] },
  { key: 'late', when: { words: ['mugs'], anywhere: true }, from: '2100-01-01', hide: MUGS },
  { key: 'mugs-page', when: { chosen: MUGS }, pin: ['i054', 'i002'] },
  {
    key: 'own-bags',
    when: { chosen: { field: 'category', in: ['Bags'] } },
    hide: { field: 'brand', in: ['Kappel'] },
  },
  { key: 'recalled', hide: { field: 'brand', in: ['ostara'] } },
  { key: 'dear-chairs', when: { words: ['chair'] }, lift: [{ filter: { field: 'price', range: { gte: 40 } }, by: 3 }] },
  { key: 'one-bag', when: { words: ['grey bag'] }, lift: [{ filter: { ids: ['i003'] }, by: 5 }] },
  { key: 'mistaken', when: { words: ['bag'] }, hide: { field: 'colr', in: ['red'] } },
];

const PROFILES = readProfiles().flatMap((profile) =>
  profile.key === 'default'
    ? [
        profile,
        { ...profile, key: 'grouped', perGroup: 1 },
        {
          ...profile,
          key: 'bare',
          boosts: { ...profile.boosts, popularity: 0, freshness: 0, stock: 0, pictureMatch: 0 },
        },
      ]
    : [profile],
);

const idsOf = ({ edges }: Found): readonly string[] => edges.map(({ itemId }) => itemId);

interface Told {
  readonly search: {
    readonly ranking: { readonly rules: readonly string[] };
    readonly nodes: readonly {
      readonly brand: string;
      readonly groupId: string;
      readonly price: { readonly amount: number };
    }[];
    readonly edges: readonly {
      readonly score: number;
      readonly explanation: { readonly boost: number; readonly pinnedBy: string | null; readonly summary: string };
    }[];
  };
}

function holdsFor(env: Readonly<Record<string, string>>): void {
  let shop: Shop;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-rules-'));
    const written = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const files = {
      MEDLEY_RANKING_RULES: await written('rules.json', JSON.stringify(RULES)),
      MEDLEY_RANKING_PROFILES: await written('profiles.json', JSON.stringify(PROFILES)),
      MEDLEY_SYNONYMS: await written('synonyms.txt', 'beaker => mug'),
    };
    shop = await openShop({ variants: true, env: { ...env, ...files } });
  });
  afterAll(() => shop.close());

  const told = async (input: object): Promise<Told['search']> => {
    const { data } = await shop.ask<Told>(
      `query Told($input: SearchInput!) {
        search(input: $input, first: 60) { ranking { rules } nodes { brand groupId price { amount } } edges { score explanation { boost pinnedBy summary } } }
      }`,
      { input },
    );
    return data.search;
  };

  it('puts first what a rule pins, in its order, whatever was found, misspelt or said otherwise', async () => {
    for (const text of ['blue mugs', 'blue mugg', 'blue beakers', 'blue beakres']) {
      const found = await shop.search({ text }, { first: 5 });
      expect(idsOf(found).slice(0, 2)).toEqual(['i001', 'i018']);
      const { edges, ranking } = await told({ text });
      expect(ranking.rules).toEqual(['mug-weeks', 'recalled']);
      expect(edges.map(({ explanation }) => explanation.pinnedBy).slice(0, 3)).toEqual([
        'mug-weeks',
        'mug-weeks',
        null,
      ]);
      expect(edges[0]?.explanation.summary).toMatch(/^Shown because the shop put it here \(rule "mug-weeks"\); /);
    }
  });

  it('reads slips in several texts, of which no vector can be mended', async () => {
    const found = await shop.search({ parts: [{ text: 'blue' }, { text: 'mugg' }] }, { first: 2 });
    expect([found.didYouMean, idsOf(found)]).toEqual(['blue mug', ['i001', 'i018']]);
  });

  it('has no more of the group of what is pinned than of others', async () => {
    const { nodes, edges } = await told({ text: 'mugs', profile: { key: 'grouped' } });
    expect(edges.slice(0, 2).map(({ explanation }) => explanation.pinnedBy)).toEqual(['mug-weeks', 'mug-weeks']);
    const groups = nodes.map(({ groupId }) => groupId);
    expect(groups.length).toBeGreaterThan(2);
    expect(new Set(groups).size).toBe(groups.length);
  });

  it('scores what is pinned as all others are, and says so on every page', async () => {
    const input = { text: 'blue mugs' };
    const [whole, first] = [await shop.search(input, { first: 9 }), await shop.search(input, { first: 1 })];
    const second = await shop.search(input, { first: 8, after: first.pageInfo.endCursor });
    expect([...idsOf(first), ...idsOf(second)]).toEqual(idsOf(whole));
    const asIs = await shop.search({ ...input, filter: { ids: ['i001', 'i018'] } });
    expect(whole.edges.slice(0, 2).map(({ score }) => score)).toEqual(asIs.edges.map(({ score }) => score));
    expect(second.edges[0]).toMatchObject({ itemId: 'i018', position: 2 });
  });

  it('pins nothing that does not pass the filter, or where another order was asked for', async () => {
    const cheap = { field: 'price', range: { lt: 10 } };
    expect(idsOf(await shop.search({ text: 'mugs', filter: cheap })).slice(0, 1)).toEqual(['i001']);
    expect(idsOf(await shop.search({ text: 'mugs', filter: cheap }))).not.toContain('i018');
    const dearest = await shop.search({ text: 'mugs', sort: [{ field: 'PRICE', direction: 'DESC' }] });
    expect(idsOf(dearest).slice(0, 2)).not.toContain('i001');
  });

  it('shows, finds and counts nothing of what is hidden', async () => {
    for (const input of [{ text: 'red mug' }, {}, { parts: [{ itemId: 'i000' }] }]) {
      const { nodes } = await told(input);
      expect(nodes.length).toBeGreaterThan(10);
      expect(nodes.map(({ brand }) => brand)).not.toContain('Ostara');
      const { facets } = await shop.search({ ...input, facets: [{ field: 'brand' }] });
      expect(facets[0]?.values.map(({ value }) => value).sort()).toEqual(['Kappel', 'Nordhagen']);
    }
  });

  it('puts first what is pinned on the page of a category, without words, and counts it once', async () => {
    const page = { filter: { field: 'category', in: ['mugs'] } };
    const found = await shop.search(page, { first: 60 });
    // i002 is a rug, and of a hidden brand.
    expect(idsOf(found)[0]).toBe('i054');
    expect(new Set(idsOf(found)).size).toBe(found.edges.length);
    expect(found.totalCount.value).toBe(found.edges.length);
    expect((await told(page)).ranking.rules).toEqual(['mugs-page', 'recalled']);
  });

  it('counts of each category what its page shows, though a rule hides some of it on the page where it stands', async () => {
    const page = (...category: readonly string[]) => ({ filter: { field: 'category', in: category } });
    const shownOn = async (input: object) => (await shop.search(input)).totalCount.value;
    for (const text of [undefined, 'grey']) {
      const input = { ...page('Bags'), text, facets: [{ field: 'category', limit: 20 }] };
      const { facets, totalCount } = await shop.search(input);
      const [chosen, ...others] = facets[0]?.values ?? [];
      expect(chosen).toMatchObject({
        value: expect.stringMatching(/^bags$/i),
        count: totalCount.value,
        selected: true,
      });
      expect(others.length).toBeGreaterThan(1);
      for (const { value, count } of others)
        expect([value, count]).toEqual([value, await shownOn({ ...page(value), text })]);
    }
    expect((await shop.search({ ...page('Bags', 'Mugs') })).totalCount.value).toBeGreaterThan(
      (await shownOn(page('Bags'))) + (await shownOn(page('Mugs'))),
    );
  });

  it('lifts what a rule favours to where its score belongs', async () => {
    const [plain, ruled] = await Promise.all([told({ text: 'the grey chair' }), told({ text: 'chair' })]);
    expect([plain, ruled].map(({ ranking }) => ranking.rules)).toEqual([['recalled'], ['recalled', 'dear-chairs']]);
    const boosts = ({ nodes, edges }: Told['search'], isDear: boolean): readonly number[] =>
      edges.flatMap(({ explanation }, at) =>
        (nodes[at]?.price.amount ?? 0) >= 40 === isDear ? [explanation.boost] : [],
      );
    expect(Math.max(...boosts(plain, true))).toBeLessThan(0.1);
    expect(Math.min(...boosts(ruled, true))).toBeGreaterThan(Math.max(...boosts(ruled, false)));
    const scores = ruled.edges.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores[0]).toBeLessThan(1);
  });

  it('lifts items by their ids, too, where a profile reads nothing of them', async () => {
    const { edges, ranking } = await told({ text: 'grey bags', profile: { key: 'bare' } });
    expect(ranking.rules).toContain('one-bag');
    expect(edges.filter(({ explanation }) => explanation.boost > 0)).toHaveLength(1);
  });

  it('shows nowhere what a rule about every search hides', async () => {
    interface Elsewhere {
      readonly similarItems: Pick<Told['search'], 'ranking' | 'nodes'>;
      readonly recommendations: readonly { readonly items: readonly { readonly node: { readonly brand: string } }[] }[];
    }
    const { data } = await shop.ask<Elsewhere>(
      `query Elsewhere($shelves: [ShelfInput!]!) {
        similarItems(input: { like: [{ id: "i003" }] }, first: 60) { ranking { rules } nodes { brand } }
        recommendations(input: { context: ["i003"], shelves: $shelves }) { items { node { brand } } }
      }`,
      {
        shelves: [
          { kind: 'BOUGHT_TOGETHER', first: 4 },
          { kind: 'TRENDING', first: 20 },
        ],
      },
    );
    const { similarItems, recommendations } = data;
    expect(similarItems.ranking.rules).toEqual(['recalled']);
    const [similar, ...shelves] = [
      similarItems.nodes.map(({ brand }) => brand),
      ...recommendations.map(({ items }) => items.map(({ node }) => node.brand)),
    ];
    for (const brands of [similar, ...shelves]) {
      expect(brands.length).toBeGreaterThan(0);
      expect(brands).not.toContain('Ostara');
    }
  });

  it('goes on without a rule that the catalogue has no field for, and says so', async () => {
    const found = await shop.search({ text: 'bag' });
    expect(found.edges.length).toBeGreaterThan(5);
    expect(lostIn(found)).toEqual(['RULE_LEFT_OUT']);
    expect(lostIn(await shop.search({ text: 'lamp' }))).toEqual([]);
  });
}

describeOnEitherIndex('rules of a shop', holdsFor);
