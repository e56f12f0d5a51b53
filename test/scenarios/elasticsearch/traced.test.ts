import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { collectSpans } from '../../support/collected-spans.ts';
import { describeWithElasticsearch, onElasticsearch } from '../../support/elasticsearch.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

describeWithElasticsearch('a traced search on Elasticsearch', (nodes) => {
  const spans = collectSpans();
  const prefix = `medley-test-${randomUUID()}`;
  let shop: Shop;
  beforeAll(async () => {
    const env = onElasticsearch(nodes, prefix);
    shop = await openShop({ items: 24, env });
  });
  afterAll(async () => {
    await shop.close();
    await removeIndexes(nodes, `${prefix}*`);
    await spans.close();
  });

  it('tells what the cluster was asked for the candidates, and no word of it', async () => {
    const told = await spans.during(() => shop.search({ text: 'alba secretword' }));
    const candidates = told.find(({ name }) => name === 'retrieval.candidates');
    const asked = told.filter(({ parentSpanContext: above }) => above?.spanId === candidates?.spanContext().spanId);
    expect(candidates?.attributes['medley.index']).toBe('elasticsearch');
    // For the candidates, for what is known of the words, and for what an unknown word may run together.
    expect(asked.map(({ name }) => name)).toEqual(['search', 'search', 'search']);
    expect(JSON.stringify(told.map(({ attributes }) => attributes))).not.toContain('secretword');
  });
});
