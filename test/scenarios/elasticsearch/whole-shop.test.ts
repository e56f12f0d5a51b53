import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { describeWithElasticsearch, onElasticsearch } from '../../support/elasticsearch.ts';
import { remove, upsert } from '../../support/item-writes.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const QUERIES = ['alba lamp', 'something red to sit on', 'blue mugs', 'ember', 'vaes', 'I020'];

describeWithElasticsearch('a whole shop on Elasticsearch', (nodes) => {
  const prefix = `medley-test-${randomUUID()}`;
  let embedded: Shop;
  let shop: Shop;
  beforeAll(async () => {
    const env = onElasticsearch(nodes, prefix);
    [embedded, shop] = await Promise.all([openShop(), openShop({ env: { ...env, MEDLEY_DEADLINE: '20000' } })]);
  });
  afterAll(async () => {
    await Promise.all([embedded.close(), shop.close()]);
    await removeIndexes(nodes, `${prefix}*`);
  });

  it.each(QUERIES)('answers as the shop on the embedded index does: %s', async (text) => {
    const facets = [{ field: 'category' }, { field: 'brand' }];
    const input = { text, facets, filter: { field: 'price', range: { lt: 60 } } };
    const [theirs, ours] = await Promise.all([embedded.search(input), shop.search(input)]);
    const shown = ({ edges }: typeof ours) => edges.map(({ itemId, score }) => [itemId, score.toFixed(3)]);
    expect(shown(ours)).toEqual(shown(theirs));
    expect([ours.facets, ours.totalCount, ours.degradations]).toEqual([
      theirs.facets,
      theirs.totalCount,
      theirs.degradations,
    ]);
  });

  it('shows every item to who browses, page by page', async () => {
    const first = await shop.search({}, { first: 40 });
    const second = await shop.search({}, { first: 40, after: first.pageInfo.endCursor });
    const ids = [...first.edges, ...second.edges].map(({ itemId }) => itemId);
    expect([ids.length, new Set(ids).size, first.totalCount.value]).toEqual([60, 60, 60]);
  });

  it('says of a catalogue with too many attributes how many came and how many may, and goes on serving', async () => {
    const catalogue = await readCatalogue(join(shop.folder, 'catalogue.json'));
    const more = Array.from({ length: 1200 }, (_, at) => [`more ${String(at)}`, 'string'] as const);
    const attributes = { ...catalogue.attributes, ...Object.fromEntries(more) };
    await expect(shop.medley.retrieval.indexing.run({ ...catalogue, attributes })).rejects.toMatchObject({
      code: 'INVALID_CATALOGUE',
      message: expect.stringMatching(/^The catalogue has 1203 attributes, which need more than the 1000 fields/),
    });
    expect((await shop.search({})).totalCount.value).toBe(60);
  });

  it('shows and suggests what is written with control characters without them, as the shop on the embedded index does', async () => {
    const item = {
      id: 'dirty',
      title: 'Zulu\u0000phone\u0001 drum',
      brand: 'Nul\u0000Brand',
      category: ['Mu\u0001sic'],
    };
    const query = 'query ($prefix: String!) { suggest(prefix: $prefix) { text } }';
    for (const one of [embedded, shop]) {
      expect(await upsert(one, item)).toEqual({ accepted: 1, rejected: [] });
      const suggested = (prefix: string) =>
        one.ask<{ suggest: unknown }>(query, { prefix }).then(({ data }) => data.suggest);
      expect(await suggested('zulup')).toEqual([{ text: 'Zuluphone drum' }]);
      expect(await suggested('nulb')).toEqual([{ text: 'NulBrand' }]);
      const { edges, facets } = await one.search({
        text: 'zuluphone',
        weights: { lexical: 1 },
        facets: [{ field: 'category' }],
      });
      expect(edges.map(({ node }) => node?.title)).toEqual(['Zuluphone drum']);
      expect(facets[0]?.values.map(({ value }) => value)).toEqual(['Music']);
      expect(await remove(one, 'dirty')).toEqual({ accepted: 1, rejected: [] });
    }
  });

  it('finds a new item at once, also after it was closed and opened again', async () => {
    await upsert(shop, { id: 'new', title: 'Brass trombone', category: ['Music'] });
    const found = async () => (await shop.search({ text: 'trombone' })).edges[0]?.itemId;
    expect(await found()).toBe('new');
    shop = await shop.reopen();
    expect(await found()).toBe('new');
  });
});
