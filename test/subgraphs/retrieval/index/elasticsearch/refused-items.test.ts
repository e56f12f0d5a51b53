import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { underDeadline } from '../../../../../src/runtime/current-deadline.ts';
import { openElasticsearchIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { publish } from '../../../../contracts/item-index/promises.ts';
import type { OpenIndex } from '../../../../contracts/item-index/promises.ts';
import { head, row, shop } from '../../../../contracts/item-index/samples.ts';
import { describeWithElasticsearch } from '../../../../support/elasticsearch.ts';
import { removeIndexes } from '../../../../support/remove-indexes.ts';
import type { MeddledCluster } from './meddled-cluster.ts';
import { pickyCluster, TOO_LONG } from './picky-cluster.ts';

const refused = (id: string) => ({
  id,
  code: 'INVALID_ITEM',
  message: 'colour: the search index does not take this value; shorten or correct it and send the item again.',
});

const bad = (id: string) => row({ id, title: 'Bad trombone', attributes: { colour: TOO_LONG } });

describeWithElasticsearch('an index in Elasticsearch that refuses an item', (nodes) => {
  let prefix: string;
  let picky: MeddledCluster;
  let one: OpenIndex;
  beforeEach(async () => {
    prefix = `medley-test-${randomUUID()}`;
    picky = await pickyCluster(nodes);
    one = await open(picky.nodes);
  });
  afterEach(async () => {
    await one.writer.close();
    await picky.close();
    await removeIndexes(nodes, `${prefix}*`);
  });

  function open(by: readonly string[]): Promise<OpenIndex> {
    return openElasticsearchIndex({ nodes: by, prefix, patience: 30_000 });
  }

  const titles = async (...ids: readonly string[]) => (await one.index.items(ids)).map((item) => item?.title);

  it('writes those beside it, and tells each who wrote what became of their own', async () => {
    await publish(one.writer, shop(5));
    const { writer } = one;
    const outcomes = await Promise.all([
      writer.upsert([row({ id: 'first', title: 'First' })]),
      writer.upsert([row({ id: 'good', title: 'Good' }), bad('bad')]),
      writer.upsert([row({ id: 'other', title: 'Other' })]),
      writer.upsert([bad('worse'), bad('item-0001')]),
      writer.remove(['item-0002']),
    ]);
    expect(outcomes).toEqual([[], [refused('bad')], [], [refused('worse'), refused('item-0001')], ['item-0002']]);
    expect(await titles('first', 'good', 'bad', 'other', 'worse')).toEqual([
      'First',
      'Good',
      undefined,
      'Other',
      undefined,
    ]);
    expect(await titles('item-0001', 'item-0002')).toEqual(['green lamp', undefined]);
  });

  it('keeps what was acknowledged of the same item just before', async () => {
    await publish(one.writer, shop(5));
    const { writer } = one;
    const outcomes = await Promise.all([
      writer.upsert([row({ id: 'first' })]),
      writer.upsert([row({ id: 'a', title: 'As it was' })]),
      writer.remove(['item-0001']),
      writer.upsert([bad('a'), bad('item-0001')]),
    ]);
    expect(outcomes).toEqual([[], [], ['item-0001'], [refused('a'), refused('item-0001')]]);
    expect(await titles('a', 'item-0001')).toEqual(['As it was', undefined]);
  });

  it('publishes the rest of a catalogue', async () => {
    const build = await one.writer.build(head('first'));
    expect(await build.write([...shop(300), bad('bad'), bad('worse')])).toEqual([refused('bad'), refused('worse')]);
    expect(await build.publish()).toEqual([]);
    expect(one.index.head()).toMatchObject({ id: 'first', items: 300 });
  });

  it('tells of what was written live that the next generation does not take, and keeps the rest of it', async () => {
    const free = await open(nodes);
    await publish(free.writer, shop(5), 'first');
    await free.writer.close();
    await one.writer.close();
    one = await open(picky.nodes);
    const build = await one.writer.build(head('second'));
    await build.write(shop(5));
    expect(await one.writer.upsert([bad('bad'), row({ id: 'good', title: 'Good' })])).toEqual([]);
    expect(await build.publish()).toEqual([refused('bad')]);
    expect(await titles('bad', 'good')).toEqual([undefined, 'Good']);
    expect(one.index.head()?.items).toBe(6);
  });

  it('because a request with it has too many bytes writes those beside it', async () => {
    await publish(one.writer, shop(5));
    picky.meddle(({ what, body }) =>
      what.endsWith('/_bulk') && body.length > 20_000 ? Promise.resolve({ status: 413, body: '' }) : undefined,
    );
    const large = row({ id: 'large', description: 'street '.repeat(4000) });
    const message = expect.stringContaining('larger than');
    expect(await one.writer.upsert([row({ id: 'a' }), large, row({ id: 'b' })])).toEqual([
      { id: 'large', code: 'INVALID_ITEM', message },
    ]);
    expect(await titles('a', 'large', 'b')).toEqual(['a', undefined, 'b']);
  });

  it.each(['write', 'read_only_allow_delete', 'read_only'])(
    'under a block of the kind %s fails the write as one that may go well later, loses nothing that was there, and goes on when it is gone',
    async (kind) => {
      await publish(one.writer, shop(5));
      const block = (on: boolean) => setBlock(`${nodes[0] ?? ''}/${prefix}-generation-first`, kind, on);
      await block(true);
      const write = () => one.writer.upsert([row({ id: 'item-0001', title: 'New' })]);
      const readOnly = { code: 'READ_ONLY', message: expect.stringContaining('takes no writes') };
      await expect(underDeadline({ at: Date.now() + 20_000 }, write)).rejects.toMatchObject(readOnly);
      await expect(
        underDeadline({ at: Date.now() + 20_000 }, () => one.writer.remove(['item-0002'])),
      ).rejects.toMatchObject(readOnly);
      expect(await titles('item-0001')).toEqual(['green lamp']);
      await block(false);
      expect(await write()).toEqual([]);
      expect(await titles('item-0001')).toEqual(['New']);
    },
  );

  it('goes on with a build when disks that were nearly full have room again', async () => {
    const build = await one.writer.build(head('first'));
    const block = (on: boolean) =>
      setBlock(`${nodes[0] ?? ''}/${prefix}-generation-first`, 'read_only_allow_delete', on);
    await block(true);
    const written = build.write(shop(5));
    await block(false);
    expect(await written).toEqual([]);
    await build.publish();
    expect(one.index.head()?.items).toBe(5);
  });
});

async function setBlock(index: string, kind: string, on: boolean): Promise<void> {
  const body = JSON.stringify({ [`index.blocks.${kind}`]: on });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${index}/_settings`, { method: 'PUT', headers, body });
  expect(answer.status).toBe(200);
}
