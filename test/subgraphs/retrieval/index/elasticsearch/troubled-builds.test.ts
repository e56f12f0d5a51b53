import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openElasticsearchIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import type { GenerationBuild } from '../../../../../subgraphs/retrieval/index/item-index.ts';
import { publish } from '../../../../contracts/item-index/promises.ts';
import type { OpenIndex } from '../../../../contracts/item-index/promises.ts';
import { head, row, shop } from '../../../../contracts/item-index/samples.ts';
import { describeWithElasticsearch } from '../../../../support/elasticsearch.ts';
import { removeIndexes } from '../../../../support/remove-indexes.ts';
import { meddledCluster, REFUSED } from './meddled-cluster.ts';
import type { MeddledCluster } from './meddled-cluster.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describeWithElasticsearch('a build in Elasticsearch that something comes between', (nodes) => {
  const all = `medley-test-${randomUUID()}`;
  let prefix: string;
  let ways: MeddledCluster[];
  /** The way of the process that builds. */
  let meddled: MeddledCluster;
  let opened: OpenIndex[];
  let one: OpenIndex;
  beforeEach(async () => {
    prefix = `${all}-${randomUUID()}`;
    [ways, opened] = [[], []];
    meddled = await meddle();
    one = await open(meddled.nodes);
  });
  afterEach(async () => {
    for (const { writer } of opened) await writer.close();
    for (const way of ways) await way.close();
  });
  afterAll(() => removeIndexes(nodes, `${all}*`));

  async function meddle(): Promise<MeddledCluster> {
    const way = await meddledCluster(nodes);
    ways.push(way);
    return way;
  }

  /** Another process, whose way to the cluster is free unless told. */
  async function open(by = nodes): Promise<OpenIndex> {
    const index = await openElasticsearchIndex({ nodes: by, prefix, patience: 30_000 });
    opened.push(index);
    return index;
  }

  /** Written whole by the process whose way may be meddled with, and not published yet. */
  async function built(id: string, items: number): Promise<GenerationBuild> {
    const build = await one.writer.build(head(id));
    await build.write(shop(items));
    return build;
  }

  it('serves what was published, whatever fails after the switch', async () => {
    await publish(one.writer, shop(20), 'first');
    const build = await built('second', 30);
    let switched = false;
    meddled.meddle(async ({ what, send }) => {
      if (switched && !what.startsWith('GET')) return REFUSED;
      if (what !== 'POST /_aliases') return undefined;
      switched = true;
      return send();
    });
    await build.publish();
    await build.abort();
    meddled.meddle(() => undefined);
    expect((await open()).index.head()).toMatchObject({ id: 'second', items: 30 });
  });

  it('leaves what serves alone when it is aborted after a switch whose answer was lost', async () => {
    const build = await built('only', 20);
    meddled.meddle(async ({ what, send }) => {
      if (what !== 'POST /_aliases') return undefined;
      await send();
      return REFUSED;
    });
    await expect(build.publish()).rejects.toThrow();
    meddled.meddle(() => undefined);
    await build.abort();
    expect((await open()).index.head()).toMatchObject({ id: 'only', items: 20 });
  });

  it('is not undone by a rollback in another process, which is refused meanwhile', async () => {
    await publish(one.writer, shop(10), 'first');
    await publish(one.writer, shop(20), 'second');
    const other = await open();
    const build = await built('third', 30);
    let rolledBack: Promise<unknown> | undefined;
    meddled.meddle(async ({ what }) => {
      if (what !== 'POST /_aliases') return undefined;
      rolledBack ??= other.writer.rollback().catch((error: unknown) => error);
      await rolledBack;
      return undefined;
    });
    await build.publish();
    expect(await rolledBack).toMatchObject({ code: 'BUSY' });
    expect((await open()).index.head()).toMatchObject({ id: 'third', items: 30 });
    expect(await other.writer.rollback()).toMatchObject({ id: 'second' });
  });

  it('publishes also where somebody moved the aliases by hand just then', async () => {
    await publish(one.writer, shop(10), 'first');
    await publish(one.writer, shop(20), 'second');
    const build = await built('third', 30);
    const [first, second] = ['first', 'second'].map((id) => `${prefix}-generation-${id}`);
    const actions = [
      { remove: { index: first, alias: `${prefix}-previous` } },
      { remove: { index: second, alias: prefix } },
      { add: { index: first, alias: prefix } },
      { add: { index: second, alias: `${prefix}-previous` } },
    ];
    let moved: Promise<Response> | undefined;
    meddled.meddle(async ({ what }) => {
      if (what !== 'POST /_aliases') return undefined;
      const asked = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ actions }) };
      moved ??= fetch(`${nodes[0] ?? ''}/_aliases`, asked);
      await moved;
      return undefined;
    });
    await build.publish();
    expect((await open()).index.head()).toMatchObject({ id: 'third', items: 30 });
    expect(await one.writer.previous()).toMatchObject({ id: 'first' });
  });

  it('has what was written live from the moment that others saw it, also while old notes are still cleared away', async () => {
    await publish(one.writer, shop(20), 'first');
    const other = await open();
    let written: Promise<unknown> | undefined;
    meddled.meddle(async ({ what }) => {
      if (!what.endsWith('/_delete_by_query')) return undefined;
      written ??= other.writer.upsert([row({ id: 'fresh', title: 'Tuba' })]);
      await written;
      await fetch(`${nodes[0] ?? ''}/${prefix}-notes/_refresh`, { method: 'POST' });
      return undefined;
    });
    await publish(one.writer, shop(20), 'second');
    expect(written).toBeDefined();
    expect((await one.index.items(['fresh']))[0]?.title).toBe('Tuba');
  });

  it("is in nobody's way when it cannot begin", async () => {
    meddled.meddle(({ what }) => (what.endsWith('/_delete_by_query') ? Promise.resolve(REFUSED) : undefined));
    await expect(one.writer.build(head('first'))).rejects.toThrow();
    const other = await open();
    await publish(other.writer, shop(20), 'second');
    expect(other.index.head()?.id).toBe('second');
  });

  it('loses nothing that is written live while it switches, though a sign of life of before arrives late', async () => {
    await publish(one.writer, shop(20), 'first');
    const watched = await meddle();
    const other = await open(watched.nodes);
    const build = await one.writer.build(head('second'));
    const note = `/${prefix}-notes/_doc/build`;
    let late: Promise<unknown> | undefined;
    let beaten = false;
    meddled.meddle(async ({ what, body }) => {
      if (what === `PUT ${note}` && body.includes('"switching"') && !beaten) {
        beaten = true;
        const before = body.replace('"switching"', '"writing"');
        await fetch(`${nodes[0] ?? ''}${note}`, { method: 'PUT', headers: JSON_TYPE, body: before });
      }
      if (what !== 'POST /_aliases' || late) return undefined;
      // Until it is answered, or asks for the third time whether the switch is over.
      let looked = 0;
      const waits = new Promise<void>((done) => {
        watched.meddle((passing) => {
          if (passing.what === `GET ${note}` && ++looked === 3) done();
          return undefined;
        });
      });
      late = other.writer.upsert([row({ id: 'late', title: 'Horn' })]).catch((error: unknown) => error);
      await Promise.race([late, waits]);
      return undefined;
    });
    await build.write(shop(20));
    await build.publish();
    const replaced = await late;
    const [horn] = await one.index.items(['late']);
    expect(horn?.title ?? (replaced as Error | undefined)?.name).toMatch(/Horn|GenerationReplaced/);
  });

  describe('whose process stood still', () => {
    /** As if it was last heard of so many milliseconds ago. */
    const age = (by: number) =>
      fetch(`${nodes[0] ?? ''}/${prefix}-notes/_update/build?refresh=true`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ doc: { heard: Date.now() - by } }),
      });

    const publishAged = async (by: number): Promise<unknown> => {
      await publish(one.writer, shop(20), 'first');
      const other = await open();
      const build = await built('second', 20);
      await age(by);
      await other.writer.upsert([row({ id: 'fresh', title: 'Tuba' })]);
      const failed: unknown = await build.publish().catch((error: unknown) => error);
      await build.abort();
      return failed;
    };

    it('for a minute has what was written live meanwhile', async () => {
      expect(await publishAged(70_000)).toEqual([]);
      expect(one.index.head()?.id).toBe('second');
      expect((await one.index.items(['fresh']))[0]?.title).toBe('Tuba');
    });

    it('for hours is refused, since nobody noted what was written live', async () => {
      expect(await publishAged(7_200_000)).toMatchObject({ code: 'PUBLISH_REFUSED' });
      expect(one.index.head()?.id).toBe('first');
    });

    it('for a minute while it switched is refused, since nobody waited for it', async () => {
      await publish(one.writer, shop(20), 'first');
      const build = await built('second', 20);
      let switching = false;
      meddled.meddle(async ({ what, body }) => {
        if (switching && what.endsWith('/_count')) await age(70_000);
        switching ||= what.startsWith('PUT') && body.includes('"switching"');
        return undefined;
      });
      await expect(build.publish()).rejects.toMatchObject({ code: 'PUBLISH_REFUSED' });
      meddled.meddle(() => undefined);
      await build.abort();
      expect((await open()).index.head()?.id).toBe('first');
    });
  });
});
