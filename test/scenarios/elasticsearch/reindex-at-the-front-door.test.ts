import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { environment } from '../../../src/runtime/environment.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { writeCornerShop } from '../../support/corner-shop.ts';
import { describeWithElasticsearch, onElasticsearch } from '../../support/elasticsearch.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const CLIENTS = 20;
/** How many answers are waited for; ../README.md says when 10,000 were. */
const ANSWERS = Number(environment()['MEDLEY_TEST_ANSWERS'] ?? 400);
const SIZES = [60, 48] as const;
const SEARCH = `query ($input: SearchInput!) { search(input: $input, first: 60) {
  edges { itemId node { title brand } } totalCount { value } facets { field values { value count } } degradations { code } } }`;

interface Found {
  readonly search: {
    readonly edges: readonly { readonly itemId: string; readonly node: { title: string; brand: string } | null }[];
    readonly totalCount: { readonly value: number };
    readonly facets: readonly { readonly values: readonly { readonly value: string; readonly count: number }[] }[];
    readonly degradations: readonly { readonly code: string }[];
  };
}

/** The corner shop with a mark in every title and for a brand, so that each item says of which edition it is. */
async function writeEdition(folder: string, edition: number): Promise<string> {
  const path = await writeCornerShop(folder, SIZES[edition % SIZES.length] ?? 0);
  const lines = (await readFile(join(folder, 'items.jsonl'), 'utf8')).split('\n').map((line) => {
    const item = JSON.parse(line) as { readonly title: string };
    return JSON.stringify({ ...item, title: `${item.title} e${String(edition)}`, brand: `Edition ${String(edition)}` });
  });
  await writeFile(join(folder, 'items.jsonl'), lines.join('\n'));
  return path;
}

/** The editions that an answer speaks of, in titles, brands and facets; more than one word is wrong. */
function editionsOf({ search: { edges, facets, totalCount } }: Found): readonly string[] {
  const shown = edges.flatMap(({ node }) => [node?.title.split(' e').at(-1), node?.brand.split(' ').at(-1)]);
  const counted = facets.flatMap(({ values }) => values);
  const editions = new Set([...shown, ...counted.map(({ value }) => value.split(' ').at(-1))]);
  const counts = new Set([edges.length, totalCount.value, ...counted.map(({ count }) => count)]);
  return [...editions, ...(counts.size === 1 ? [] : ['in part'])].map(String);
}

describeWithElasticsearch('indexing again and again while 20 clients search', (nodes) => {
  const prefix = `medley-test-${randomUUID()}`;
  let shop: Shop;
  beforeAll(async () => {
    const env = onElasticsearch(nodes, prefix);
    shop = await openShop({ env, catalogue: (folder) => writeEdition(folder, 0) });
  });
  afterAll(async () => {
    await shop.close();
    await removeIndexes(nodes, `${prefix}*`);
  });

  it('fails no search, and answers none from two catalogues', async () => {
    const enough = new AbortController();
    const problems: unknown[] = [];
    const editions = new Set<string>();
    let answers = 0;
    const client = async (n: number): Promise<void> => {
      const text = ['mug', 'lamp', 'rug'][n % 3];
      while (!enough.signal.aborted) {
        const input = n % 2 === 0 ? { facets: [{ field: 'brand' }] } : { text, facets: [{ field: 'brand' }] };
        const { data, errors } = await shop.ask<Found>(SEARCH, { input });
        answers++;
        if (errors.length > 0) {
          problems.push(errors);
          continue;
        }
        const spoken = editionsOf(data);
        for (const edition of spoken) editions.add(edition);
        const whole = n % 2 === 1 || data.search.edges.length === SIZES[Number(spoken[0]) % SIZES.length];
        if (!whole || spoken.length !== 1 || data.search.degradations.some(({ code }) => code !== 'ROUTE_MISSING'))
          problems.push([n, spoken, data.search.degradations]);
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, n) => client(n));
    let edition = 0;
    while (answers < ANSWERS || edition < 3)
      await shop.medley.retrieval.indexing.run(await readCatalogue(await writeEdition(shop.folder, ++edition)));
    enough.abort();
    await Promise.all(clients);
    expect(problems).toEqual([]);
    expect(editions.size).toBeGreaterThan(2);
  }, 1_800_000);
});
