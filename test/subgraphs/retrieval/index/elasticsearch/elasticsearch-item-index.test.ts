import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { METRICS } from '../../../../../src/runtime/metrics.ts';
import { openElasticsearchIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import type { ElasticsearchOptions } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { publish } from '../../../../contracts/item-index/promises.ts';
import type { OpenIndex } from '../../../../contracts/item-index/promises.ts';
import { DIMS, head, row, shop, vector } from '../../../../contracts/item-index/samples.ts';
import { describeWithElasticsearch } from '../../../../support/elasticsearch.ts';
import { removeIndexes } from '../../../../support/remove-indexes.ts';

/** How many reads of items of known version memory answered so far in this process, and how many the cluster. */
async function readsFrom(): Promise<{ readonly memory: number; readonly cluster: number }> {
  const { values } = (await METRICS.getSingleMetric('medley_index_reads_total')?.get()) ?? { values: [] };
  const of = (from: string): number => values.find(({ labels }) => labels['from'] === from)?.value ?? 0;
  return { memory: of('memory'), cluster: of('cluster') };
}

describeWithElasticsearch('the index in Elasticsearch', (nodes) => {
  const all = `medley-test-${randomUUID()}`;
  let opened: OpenIndex[];
  let prefix: string;
  beforeEach(() => {
    opened = [];
    prefix = `${all}-${randomUUID()}`;
  });
  afterEach(async () => {
    for (const { writer } of opened) await writer.close();
  });
  afterAll(() => removeIndexes(nodes, `${all}*`));

  /** As another process would open the same index. */
  const open = async (options: Partial<ElasticsearchOptions> = {}): Promise<OpenIndex> => {
    const one = await openElasticsearchIndex({ nodes, prefix, patience: 30_000, ...options });
    opened.push(one);
    return one;
  };

  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((done) => setTimeout(done, 100));
  };

  it('is served to every process, and a switch is seen by all', async () => {
    const [one, other] = [await open(), await open()];
    await publish(one.writer, shop(20), 'first');
    await until(() => other.index.head()?.id === 'first');
    expect(other.index.head()).toEqual({ ...head('first'), items: 20 });
    await publish(one.writer, shop(5), 'second');
    await until(() => other.index.head()?.id === 'second');
    const { candidates } = await other.index.candidates({ words: 'street', probes: [], candidates: 50 });
    expect(candidates).toHaveLength(5);
  });

  it('refuses a second build while one is under way, in whatever process', async () => {
    const [one, other] = [await open(), await open()];
    const build = await one.writer.build(head('first'));
    await expect(other.writer.build(head('second'))).rejects.toMatchObject({ code: 'BUSY' });
    await build.abort();
    const second = await other.writer.build(head('second'));
    await second.publish();
    expect(other.index.head()?.id).toBe('second');
  });

  it('takes what another process writes during a build into the new generation', async () => {
    const one = await open();
    await publish(one.writer, shop(30), 'old');
    const other = await open();
    const build = await one.writer.build(head('young'));
    await build.write(shop(30));
    await other.writer.upsert([row({ id: 'item-0003', title: 'Trombone' }), row({ id: 'fresh', title: 'Tuba' })]);
    expect(await other.writer.remove(['item-0004'])).toEqual(['item-0004']);
    const late = other.writer.upsert([row({ id: 'late', title: 'Horn' })]).catch((error: unknown) => error);
    await build.publish((rows) => Promise.resolve(rows.map(({ item }) => row(item, 2))));
    const replaced = await late;
    const items = await one.index.items(['item-0003', 'fresh', 'item-0004', 'item-0005']);
    expect(items.map((item) => item?.title)).toEqual(['Trombone', 'Tuba', undefined, 'green dress']);
    expect((await one.index.vectors(['fresh']))[0]).toEqual(row({ id: 'fresh' }, 2).vectors);
    // Either it is there, or its writer was told to write it again for the new generation.
    const [horn] = await one.index.items(['late']);
    expect(horn?.title ?? (replaced as Error).name).toMatch(/Horn|GenerationReplaced/);
  });

  it('takes what another process writes while the catalogue of a build is still read', async () => {
    const [one, other] = [await open(), await open()];
    await publish(one.writer, shop(3), 'old');
    await until(() => other.index.head() !== undefined);
    const takeBack = await one.writer.announce?.();
    await expect(other.writer.announce?.()).rejects.toMatchObject({ code: 'BUSY' });
    await other.writer.upsert([row({ id: 'early', title: 'Trombone' })]);
    await publish(one.writer, shop(3), 'young');
    await takeBack?.();
    expect((await one.index.items(['early']))[0]?.title).toBe('Trombone');
    await (
      await other.writer.announce?.()
    )?.();
    await publish(one.writer, shop(3), 'third');
    expect(await one.index.items(['early'])).toEqual([undefined]);
  });

  it('refuses to publish what is found too badly, with the figure, and goes on serving', async () => {
    const { index, writer } = await open({ leastRecall: 1.01 });
    const build = await writer.build(head('poor'));
    await build.write(shop(150));
    const message = expect.stringMatching(/finds a share of \d\.\d{3} in "text".*at least 1\.01/);
    await expect(build.publish()).rejects.toMatchObject({ code: 'PUBLISH_REFUSED', message });
    await build.abort();
    expect(index.head()).toBeUndefined();
  });

  it('compares with probes that cancel out, and finds something', async () => {
    const { index, writer } = await open();
    await publish(writer, shop(20));
    const probe = { column: 'text' as const, vector: vector(1, DIMS.text) };
    const probes = [1, -1].map((weight) => ({ ...probe, weight }));
    expect((await index.candidates({ probes, candidates: 5 })).candidates).toHaveLength(5);
  });

  describe('what was read before', () => {
    /** Fields and titles of all that a word finds, by id; and where they came from. */
    const readAll = async ({ index }: OpenIndex) => {
      const before = await readsFrom();
      const { candidates, versions } = await index.candidates({ words: 'street', probes: [], candidates: 50 });
      const ids = candidates.map(({ id }) => id);
      const [items, fields] = [await index.items(ids, versions), await index.fields(ids, ['popularity'], versions)];
      const read = ids.map((id, at) => [id, items[at]?.title, ...(fields[at]?.('popularity') ?? [])]);
      const after = await readsFrom();
      return { read, memory: after.memory - before.memory, cluster: after.cluster - before.cluster };
    };

    it('is not asked for again until it changes, in whatever process', async () => {
      const [one, other] = [await open(), await open()];
      await publish(one.writer, shop(20), 'first');
      await until(() => other.index.head()?.id === 'first');
      const [first, again] = [await readAll(one), await readAll(one)];
      expect(again).toEqual({ read: first.read, memory: 2 * first.read.length, cluster: 0 });
      await other.writer.upsert([row({ id: 'item-0003', title: 'Street lamp', popularity: 7.5 })]);
      const changed = await readAll(one);
      expect(changed.read).toContainEqual(['item-0003', 'Street lamp', 7.5]);
      expect(changed).toMatchObject({ memory: 2 * (first.read.length - 1), cluster: 2 });
    });

    it('is forgotten with its generation', async () => {
      const one = await open();
      await publish(one.writer, shop(20), 'first');
      await readAll(one);
      const liked = shop(20).map(({ item, vectors }) => ({ item: { ...item, popularity: 1000 }, vectors }));
      await publish(one.writer, liked, 'second');
      const { read } = await readAll(one);
      expect(new Set(read.map(([, , popularity]) => popularity))).toEqual(new Set([1000]));
      await one.writer.rollback();
      expect((await readAll(one)).read.map(([, , popularity]) => popularity)).not.toContain(1000);
    });

    it('is asked for each time where nothing is to be remembered', async () => {
      const one = await open({ remembered: 0 });
      await publish(one.writer, shop(20), 'first');
      const [first, again] = [await readAll(one), await readAll(one)];
      expect(again).toEqual({ read: first.read, memory: 0, cluster: 0 });
      expect((await one.index.candidates({ words: 'street', probes: [], candidates: 5 })).versions).toBeUndefined();
    });

    it('adds a field that nobody asked for so far', async () => {
      const one = await open();
      await publish(one.writer, shop(20), 'first');
      const { candidates, versions } = await one.index.candidates({ words: 'street', probes: [], candidates: 50 });
      const ids = candidates.map(({ id }) => id);
      await one.index.fields(ids, ['price'], versions);
      await one.index.fields(ids, ['popularity'], versions);
      const before = await readsFrom();
      const both = await one.index.fields(ids, ['popularity', 'price'], versions);
      expect((await readsFrom()).cluster).toBe(before.cluster);
      const bare = await one.index.fields(ids, ['popularity', 'price']);
      for (const name of ['popularity', 'price'])
        expect(both.map((fields) => fields?.(name))).toEqual(bare.map((fields) => fields?.(name)));
    });
  });

  it('counts fields over several shards as over one', async () => {
    const [one, three] = [await open({ shards: 1 }), await open({ shards: 3, prefix: `${prefix}-three` })];
    for (const { writer } of [one, three]) await publish(writer, shop(300));
    const filter = { field: 'category', in: ['Wear'] };
    const queries = ['createdAt', 'tags', 'price'].flatMap((field) => [
      { field, limit: 3, also: ['t5'] },
      { field, limit: 30, filter },
      { field, limit: 1, filter, ranges: [{ lt: 7 }, { gte: 7 }] },
    ]);
    const counted = await Promise.all([one, three].map(({ index }) => index.facets(queries)));
    const [ofOne, ofThree] = counted.map(({ counts }) => counts.map(({ values, ranges }) => [[...values], ranges]));
    expect(ofThree).toEqual(ofOne);
  });

  it('browses further than one answer of Elasticsearch reaches', async () => {
    const { index, writer } = await open();
    const rows = Array.from({ length: 11_000 }, (_, at) => ({
      ...row({ id: `item-${at.toString().padStart(5, '0')}`, popularity: at % 7 }),
      vectors: { text: null, bridged: null, looks: null },
    }));
    await publish(writer, rows);
    const order = { field: 'popularity', direction: 'DESC' } as const;
    const { ids, total } = await index.browse({ orders: [order], limit: 20_000 });
    expect([ids.length, new Set(ids).size, total]).toEqual([11_000, 11_000, 11_000]);
    expect(ids[0]).toBe('item-00006');
  });
});
