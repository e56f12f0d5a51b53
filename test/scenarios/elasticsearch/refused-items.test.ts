import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ReportedProblem } from '../../../subgraphs/retrieval/catalogue/encoding/reported-problem.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { pickyCluster, TOO_LONG } from '../../subgraphs/retrieval/index/elasticsearch/picky-cluster.ts';
import type { MeddledCluster } from '../../subgraphs/retrieval/index/elasticsearch/meddled-cluster.ts';
import { writeCornerShop } from '../../support/corner-shop.ts';
import { describeWithElasticsearch, onElasticsearch } from '../../support/elasticsearch.ts';
import { readItem, upsert } from '../../support/item-writes.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

/** The corner shop with notes on its items, of which two are longer than the cluster takes. */
async function writeNotedShop(folder: string): Promise<string> {
  const path = await writeCornerShop(folder, 30);
  const lines = (await readFile(join(folder, 'items.jsonl'), 'utf8')).split('\n').map((line, at) => {
    const item = JSON.parse(line) as object;
    return JSON.stringify({ ...item, note: at === 3 || at === 17 ? TOO_LONG : 'short' });
  });
  await writeFile(join(folder, 'items.jsonl'), lines.join('\n'));
  const catalogue = JSON.parse(await readFile(path, 'utf8')) as { readonly attributes: object };
  await writeFile(path, JSON.stringify({ ...catalogue, attributes: { ...catalogue.attributes, note: 'string' } }));
  return path;
}

const REASON = 'note: the search index does not take this value; shorten or correct it and send the item again.';

describeWithElasticsearch('an item that the cluster refuses', (nodes) => {
  const prefix = `medley-test-${randomUUID()}`;
  let picky: MeddledCluster;
  let shop: Shop;
  beforeAll(async () => {
    picky = await pickyCluster(nodes);
    shop = await openShop({ env: onElasticsearch(picky.nodes, prefix), catalogue: writeNotedShop });
  });
  afterAll(async () => {
    await shop.close();
    await picky.close();
    await removeIndexes(nodes, `${prefix}*`);
  });

  it('is left out of the catalogue and told in the report, and the rest is served', async () => {
    const problems: ReportedProblem[] = [];
    const catalogue = await readCatalogue(join(shop.folder, 'catalogue.json'));
    const onProblem = (problem: ReportedProblem) => problems.push(problem);
    const report = await shop.medley.retrieval.indexing.run(catalogue, { onProblem });
    expect(report).toMatchObject({ items: 28, rejectedItems: 2 });
    expect(problems).toEqual(
      ['i003', 'i017'].map((id) => ({ id, left: 'item', code: 'INVALID_ITEM', message: REASON })),
    );
    expect((await shop.search({})).totalCount.value).toBe(28);
  });

  it('is rejected alone when it is written live', async () => {
    const [mixed, good] = await Promise.all([
      upsert(
        shop,
        { id: 'fine', title: 'Brass trombone' },
        { id: 'long', title: 'Long trombone', attributes: { note: TOO_LONG } },
        { title: 'Nameless', id: '' },
      ),
      upsert(shop, { id: 'other', title: 'Other trombone' }),
    ]);
    expect(good).toEqual({ accepted: 1, rejected: [] });
    expect(mixed.accepted).toBe(1);
    expect(mixed.rejected).toContainEqual({ id: 'long', code: 'INVALID_ITEM', message: REASON });
    expect(mixed.rejected).toHaveLength(2);
    const there = await Promise.all(['fine', 'other', 'long'].map((id) => readItem(shop, id)));
    expect(there.map((item) => item?.title)).toEqual(['Brass trombone', 'Other trombone', undefined]);
  });

  it('is told as a catalogue that takes no writes for now where the cluster takes none, and is taken when it does', async () => {
    const block = async (on: boolean) => {
      const body = JSON.stringify({ 'index.blocks.write': on });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${nodes[0] ?? ''}/${prefix}/_settings`, { method: 'PUT', headers, body });
    };
    const query =
      'mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { accepted rejected { code message } } }';
    const write = () =>
      shop.ask<{ upsertItems: object } | null>(query, { items: [{ id: 'late', title: 'Late trombone' }] });
    await block(true);
    const { status, errors } = await write();
    expect({ status, errors }).toEqual({
      status: 503,
      errors: [
        expect.objectContaining({ message: expect.stringContaining('Make room'), extensions: { code: 'READ_ONLY' } }),
      ],
    });
    expect((await shop.search({ text: 'trombone' })).totalCount.value).toBeGreaterThan(0);
    await block(false);
    expect((await write()).data?.upsertItems).toEqual({ accepted: 1, rejected: [] });
  });
});
