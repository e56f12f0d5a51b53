import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openElasticsearchIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { publish } from '../../../../contracts/item-index/promises.ts';
import type { OpenIndex } from '../../../../contracts/item-index/promises.ts';
import { DIMS, head, row, shop, vector } from '../../../../contracts/item-index/samples.ts';
import { describeWithElasticsearch } from '../../../../support/elasticsearch.ts';
import { removeIndexes } from '../../../../support/remove-indexes.ts';
import { loseShard } from './lost-shard.ts';
import { meddledCluster } from './meddled-cluster.ts';
import type { MeddledCluster } from './meddled-cluster.ts';

describeWithElasticsearch('an index in Elasticsearch of which a shard does not answer', (nodes) => {
  let prefix: string;
  let meddled: MeddledCluster;
  let opened: OpenIndex[];
  beforeEach(async () => {
    [prefix, opened] = [`medley-test-${randomUUID()}`, []];
    meddled = await meddledCluster(nodes);
  });
  afterEach(async () => {
    for (const { writer } of opened) await writer.close();
    await meddled.close();
    await removeIndexes(nodes, `${prefix}*`);
  });

  const open = async (scripts?: boolean): Promise<OpenIndex> => {
    const one = await openElasticsearchIndex({ nodes: meddled.nodes, prefix, patience: 30_000, scripts });
    opened.push(one);
    await publish(one.writer, shop(20), 'first');
    return one;
  };

  const lose = (of: string, times?: number) => loseShard(meddled, ({ what }) => what.endsWith(of), times);

  it('deletes no item that it only did not find', async () => {
    const { index, writer } = await open();
    const build = await writer.build(head('second'));
    await build.write(shop(20));
    await writer.upsert([row({ id: 'item-0003', title: 'Trombone' })]);
    const lost = lose('-generation-first/_search', 2);
    await build.publish();
    expect(lost()).toBeGreaterThan(2);
    expect((await index.items(['item-0003']))[0]?.title).toBe('Trombone');
    expect(index.head()).toMatchObject({ id: 'second', items: 20 });
  });

  it('says of no item that it was not there to be deleted', async () => {
    const { writer } = await open();
    lose('/_search');
    await expect(writer.remove(['item-0003'])).rejects.toMatchObject({ code: 'RETRIEVAL_UNAVAILABLE' });
    meddled.meddle(() => undefined);
    expect(await writer.remove(['item-0003'])).toEqual(['item-0003']);
  });

  it('says of no item that it is not there, where it may be', async () => {
    const { index } = await open();
    const ids = ['item-0003', 'item-0004'];
    const reads = [() => index.items(ids), () => index.vectors(ids), () => index.fields(ids, ['price'])];
    expect(await index.items([...ids, 'nobody'])).toMatchObject([{ id: 'item-0003' }, { id: 'item-0004' }, undefined]);
    lose('/_search');
    const lost = { code: 'RETRIEVAL_UNAVAILABLE', found: [undefined, undefined] };
    for (const read of reads) await expect(read()).rejects.toMatchObject(lost);
  });

  it('reads what it still knows from before', async () => {
    const { index } = await open();
    const { ids, versions } = await index.browse({ limit: 5 });
    const items = await index.items(ids, versions);
    lose('/_search');
    expect(await index.items(ids, versions)).toEqual(items);
    await expect(index.items([...ids, 'nobody'], versions)).rejects.toMatchObject({ found: [...items, undefined] });
  });

  it('says that what it found is not all', async () => {
    const { index } = await open();
    const probes = [{ column: 'text' as const, vector: vector(1, DIMS.text), weight: 1 }];
    expect(await index.candidates({ words: 'street', probes, candidates: 5 })).not.toHaveProperty('partial');
    expect(await index.browse({ limit: 5 })).not.toHaveProperty('partial');
    lose('/_search');
    expect(await index.candidates({ words: 'street', probes, candidates: 5 })).toMatchObject({ partial: true });
    expect(await index.browse({ limit: 5 })).toMatchObject({ partial: true });
  });

  it('says so also where only the cosines are missing, asked for without scripts', async () => {
    const { index } = await open(false);
    const probes = [{ column: 'text' as const, vector: vector(1, DIMS.text), weight: 1 }];
    expect(await index.candidates({ words: 'street', probes, candidates: 5 })).not.toHaveProperty('partial');
    lose('/_msearch');
    expect(await index.candidates({ words: 'street', probes, candidates: 5 })).toMatchObject({ partial: true });
  });
});
