import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { underDeadline } from '../../../src/runtime/current-deadline.ts';
import { openElasticsearchIndex } from '../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { startServer, stopServer } from '../../../tools/servers/local-server.ts';
import type { LocalServer } from '../../../tools/servers/local-server.ts';
import { publish } from '../../contracts/item-index/promises.ts';
import type { OpenIndex } from '../../contracts/item-index/promises.ts';
import { head, row, shop } from '../../contracts/item-index/samples.ts';
import { writeCornerShop } from '../../support/corner-shop.ts';
import { describeWithOwnElasticsearch } from '../../support/elasticsearch.ts';
import { codesOf } from '../../support/front-door.ts';
import { killLeft, medleyProcess } from '../../support/medley-process.ts';
import { openShop } from '../../support/shop.ts';

const ITEMS = 3000;
const INDEXED = 120;
/** A node starts twice in each, which takes a minute on a busy machine. */
const PATIENCE = 400_000;

describeWithOwnElasticsearch('kill -9 of the only node of Elasticsearch', (open) => {
  let folder: string;
  let server: LocalServer;
  let opened: OpenIndex;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-node-dies-'));
    server = await open(folder);
    await startServer(server);
    opened = await openElasticsearchIndex({ nodes: [server.url], patience: 5000 });
    await publish(opened.writer, shop(50), 'old');
  }, PATIENCE);
  afterAll(async () => {
    await killLeft();
    await opened.writer.close();
    await stopServer(server, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  const lamps = async (): Promise<number> =>
    (await opened.index.candidates({ words: 'lamp', probes: [], candidates: 5000 })).candidates.length;

  it(
    'in the middle of indexing costs retries and no item',
    async () => {
      const { index, writer } = opened;
      const build = await writer.build(head('young'));
      const rows = shop(ITEMS);
      const written = (async () => {
        for (let at = 0; at < ITEMS; at += 100) await build.write(rows.slice(at, at + 100));
      })();
      await stopServer(server, 'SIGKILL');
      const asked = underDeadline({ at: Date.now() + 1000 }, lamps);
      await expect(asked).rejects.toMatchObject({
        code: expect.stringMatching(/RETRIEVAL_UNAVAILABLE|DEADLINE_EXCEEDED/),
      });
      await startServer(server);
      await written;
      await build.publish();
      expect(index.head()).toMatchObject({ id: 'young', items: ITEMS });
      expect(await lamps()).toBe(ITEMS / 5);
    },
    PATIENCE,
  );

  it(
    'loses no live change that was answered',
    async () => {
      const { index, writer } = opened;
      const kept: string[] = [];
      const killed = new AbortController();
      const write = async (id: string, at: number): Promise<void> => {
        await underDeadline({ at: Date.now() + 5000 }, () => writer.upsert([row({ id, title: 'Trombone' }, at)]));
        kept.push(id);
      };
      const writing = (async () => {
        for (let at = 0; !killed.signal.aborted; at++) await write(`live-${at}`, at).catch(() => undefined);
      })();
      while (kept.length < 20) await sleep(50);
      await stopServer(server, 'SIGKILL');
      killed.abort();
      await writing;
      await startServer(server);
      const items = await index.items(kept);
      expect(kept.filter((_, at) => items[at] === undefined)).toEqual([]);
      expect(await lamps()).toBe(ITEMS / 5);
    },
    PATIENCE,
  );

  it(
    'in the middle of `medley index` costs its catalogue no item, and a shop that serves no more than the time it is away',
    async () => {
      const env = { MEDLEY_INDEX: 'elasticsearch', ELASTICSEARCH_URL: server.url };
      const shop = await openShop({ env: { ...env, ELASTICSEARCH_PREFIX: 'serving' } });
      const catalogue = await writeCornerShop(folder, INDEXED);
      const data = { MEDLEY_DATA_DIR: join(folder, 'indexing'), ELASTICSEARCH_PREFIX: 'indexed' };
      const args = ['index', catalogue, '--report', join(folder, 'report.jsonl')];
      const indexing = medleyProcess(args, { ...env, ...data });
      const generations = `${server.url}/_cat/indices/indexed-generation-*?h=index`;
      while ((await (await fetch(generations)).text()) === '') await sleep(20);
      await stopServer(server, 'SIGKILL');
      const search = () => shop.ask('{ search(input: { text: "red mug" }) { edges { itemId } } }');
      expect(codesOf(await search())).toEqual(['RETRIEVAL_UNAVAILABLE']);
      await startServer(server);
      while ((await search()).errors.length > 0) await sleep(100);
      expect([await indexing.ended, indexing.printed()]).toEqual([
        0,
        expect.stringContaining(`${String(INDEXED)} items`),
      ]);
      const { index, writer } = await openElasticsearchIndex({
        nodes: [server.url],
        prefix: 'indexed',
        patience: 5000,
      });
      expect(index.head()?.items).toBe(INDEXED);
      await writer.close();
      await shop.close();
    },
    PATIENCE,
  );
});
