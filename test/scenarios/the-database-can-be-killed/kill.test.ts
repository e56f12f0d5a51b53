import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startServer, stopServer } from '../../../tools/servers/local-server.ts';
import type { LocalServer } from '../../../tools/servers/local-server.ts';
import { paint } from '../../support/corner-shop.ts';
import { codesOf, lostIn } from '../../support/front-door.ts';
import { until } from '../../support/is-alive.ts';
import { readItem, upsert } from '../../support/item-writes.ts';
import { describeWithOwnPostgresql, rowsOf } from '../../support/postgresql.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const SENDERS = 4;
const RECORD = 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted } }';
const NEXT = 'query ($after: String) { search(input: { text: "lamp" }, first: 2, after: $after) { edges { itemId } } }';
const PROFILE = '{ viewerProfile(userId: "nobody") { confidence } }';

describeWithOwnPostgresql('kill -9 of PostgreSQL in the middle of events', (open) => {
  let folder: string;
  let server: LocalServer;
  let shop: Shop;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-database-dies-'));
    server = await open(folder);
    await startServer(server);
    shop = await openShop({ env: { MEDLEY_DATABASE_URL: server.url } });
  });
  afterAll(async () => {
    await shop.close();
    await stopServer(server, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  /** Sends events one after another until told to stop; what was acknowledged, and how the others failed. */
  function send(stop: AbortSignal): {
    readonly kept: string[];
    readonly failures: Set<string>;
    done: Promise<unknown>;
  } {
    const kept: string[] = [];
    const failures = new Set<string>();
    const sender = async (name: string): Promise<void> => {
      for (let n = 0; !stop.aborted; n++) {
        const id = `${name}-${String(n)}`;
        const event = { id, userId: name, action: 'CLICK', itemId: 'i001', occurredAt: new Date().toISOString() };
        const answer = await shop.ask(RECORD, { events: [event] });
        if (answer.errors.length === 0) kept.push(id);
        for (const code of codesOf(answer)) failures.add(code);
      }
    };
    return { kept, failures, done: Promise.all(Array.from({ length: SENDERS }, (_, n) => sender(`s${String(n)}`))) };
  }

  /** Writes an item with a picture that was uploaded; resolves to the path that it is served at. */
  async function keepPicture(): Promise<string> {
    const imageId = await shop.upload(await paint('vase', 'orange'));
    expect(await upsert(shop, { id: 'drawn', title: 'Vase', images: [{ imageId }] })).toMatchObject({ accepted: 1 });
    return (await readItem(shop, 'drawn'))?.images[0]?.url ?? '';
  }

  it('loses none that was acknowledged; searches go on meanwhile, and all is as before once it is there again', async () => {
    const { pageInfo } = await shop.search({ text: 'lamp' }, { first: 2 });
    const picture = await keepPicture();
    const stop = new AbortController();
    const { kept, failures, done } = send(stop.signal);
    await until(() => kept.length > 40);
    await stopServer(server, 'SIGKILL');

    const found = await shop.search({ text: 'red mug', userId: 'a stranger' });
    expect(found.edges.length).toBeGreaterThan(0);
    expect(lostIn(found)).toEqual(['USER_PROFILE_UNREACHABLE', 'WINDOW_NOT_KEPT']);
    const upload = await shop.send('/images', {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from(await paint('mug', 'red')),
    });
    expect([upload.status, upload.text]).toEqual([503, expect.stringContaining('QUERY_EMBEDDING_UNAVAILABLE')]);
    const unseen = await shop.send(picture);
    expect([unseen.status, unseen.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(unseen.text).toContain('RETRIEVAL_UNAVAILABLE');
    expect(codesOf(await shop.ask(PROFILE))).toEqual(['USER_PROFILE_UNAVAILABLE']);
    expect(codesOf(await shop.ask(NEXT, { after: pageInfo.endCursor }))).toEqual(['RETRIEVAL_UNAVAILABLE']);

    // What the killed one left behind goes a moment later, and until then no other can start.
    await until(() =>
      startServer(server).then(
        () => true,
        () => false,
      ),
    );
    await until(async () => lostIn(await shop.search({ text: 'red mug', userId: 'a stranger' })).length === 0);
    const before = kept.length;
    await until(() => kept.length > before + 20);
    stop.abort();
    await done;
    expect([...failures]).toEqual(['USER_PROFILE_UNAVAILABLE']);
    const rows = await rowsOf<{ id: string }>(server.url, 'select id from profile_event');
    const stored = new Set(rows.map(({ id }) => id));
    expect(kept.filter((id) => !stored.has(id))).toEqual([]);
    expect(codesOf(await shop.ask(NEXT, { after: pageInfo.endCursor }))).toEqual([]);
    expect((await shop.send(picture)).status).toBe(200);
  });
});
