import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { storedItems } from '../../../subgraphs/retrieval/catalogue/stored-items.ts';
import { loseShard } from '../../subgraphs/retrieval/index/elasticsearch/lost-shard.ts';
import { meddledCluster } from '../../subgraphs/retrieval/index/elasticsearch/meddled-cluster.ts';
import type { MeddledCluster } from '../../subgraphs/retrieval/index/elasticsearch/meddled-cluster.ts';
import { describeWithElasticsearch, onElasticsearch } from '../../support/elasticsearch.ts';
import { codesOf, lostIn } from '../../support/front-door.ts';
import { upsert } from '../../support/item-writes.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const ITEM = '{ item(id: "i003") { id title } }';
const SIMILAR = `query ($like: [WeightedItemInput!]!) { similarItems(input: { like: $like }, first: 3) {
  edges { itemId } degradations { code message } } }`;
const SHELF =
  '{ recommendations(input: { shelves: [{ kind: TRENDING }] }) { items { itemId } degradations { code } } }';

describeWithElasticsearch('items of which a shard does not answer', (nodes) => {
  const prefix = `medley-test-${randomUUID()}`;
  let meddled: MeddledCluster;
  let shop: Shop;
  beforeAll(async () => {
    meddled = await meddledCluster(nodes);
    const env = { ...onElasticsearch(meddled.nodes, prefix), ELASTICSEARCH_REMEMBERED_ITEMS: '0' };
    shop = await openShop({ env });
  });
  afterEach(() => {
    meddled.meddle(() => undefined);
  });
  afterAll(async () => {
    await shop.close();
    await meddled.close();
    await removeIndexes(nodes, `${prefix}*`);
  });

  /** What is asked for by id is not found, whereas searches for something else are answered by all. */
  const loseReads = () => loseShard(meddled, ({ body }) => body.includes('"terms":{"id":['));

  it('are not said to be gone on their own page', async () => {
    loseReads();
    expect(codesOf(await shop.ask(ITEM))).toEqual(['RETRIEVAL_UNAVAILABLE']);
    meddled.meddle(() => undefined);
    expect(await shop.ask(ITEM)).toMatchObject({ data: { item: { id: 'i003' } }, errors: [] });
  });

  it('are missing on a page of a search, which says so, also on the next page', async () => {
    const whole = await shop.search({ text: 'lamp' }, { first: 3 });
    expect(lostIn(whole)).toEqual([]);
    loseReads();
    const lost = await shop.search({ text: 'mug' }, { first: 3 });
    expect([lost.edges.map(({ node }) => node), lostIn(lost)]).toEqual([
      [null, null, null],
      expect.arrayContaining(['INDEX_PARTIAL']),
    ]);
    const next = await shop.search({ text: 'lamp' }, { first: 3, after: whole.pageInfo.endCursor });
    expect([next.edges.map(({ node }) => node), lostIn(next)]).toEqual([[null, null, null], ['INDEX_PARTIAL']]);
    meddled.meddle(() => undefined);
    const again = await shop.search({ text: 'lamp' }, { first: 3, after: whole.pageInfo.endCursor });
    expect([again.edges.every(({ node }) => node !== null), lostIn(again)]).toEqual([true, []]);
  });

  it('are not said to be unknown to who asks for what is like them', async () => {
    loseReads();
    expect(codesOf(await shop.ask(SIMILAR, { like: [{ id: 'i003' }] }))).toEqual(['RETRIEVAL_UNAVAILABLE']);
    const found = await shop.search({ parts: [{ text: 'lamp' }, { itemId: 'i003' }] });
    expect(lostIn(found)).toEqual(expect.arrayContaining(['INDEX_PARTIAL']));
    expect(lostIn(found)).not.toContain('ITEM_GONE');
  });

  it('are missing on a shelf, which says so', async () => {
    loseReads();
    const { data } = await shop.ask(SHELF);
    expect(data).toEqual({ recommendations: [{ items: [], degradations: [{ code: 'INDEX_PARTIAL' }] }] });
  });

  it('are not left out of a catalogue that is encoded anew', async () => {
    loseShard(meddled, ({ what }) => what.endsWith('/_search'));
    await expect(storedItems(shop.medley.retrieval.index)).rejects.toMatchObject({ code: 'RETRIEVAL_UNAVAILABLE' });
  });

  it('do not keep others from being written', async () => {
    loseReads();
    expect(await upsert(shop, { id: 'new', title: 'Brass trombone' })).toEqual({ accepted: 1, rejected: [] });
  });
});
