import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cornerItem, paint, writeCornerShop } from '../../support/corner-shop.ts';
import { layEmptyDatabases } from '../../support/empty-databases.ts';
import { environment } from '../../../src/runtime/environment.ts';
import { freePort } from '../../support/free-port.ts';
import { frontDoor } from '../../support/front-door.ts';
import type { FrontDoor } from '../../support/front-door.ts';
import { upsert } from '../../support/item-writes.ts';
import { killLeft, medleyProcess, serveMedley } from '../../support/medley-process.ts';
import { openShop } from '../../support/shop.ts';

/** A host of pictures that takes its time; `asked` resolves when the first is asked for. */
async function slowHost(milliseconds: number): Promise<{ server: Server; url: string; asked: Promise<void> }> {
  const picture = await paint('mug', 'blue');
  let heard: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (heard = resolve));
  const server = createServer((_, response) => {
    heard();
    void sleep(milliseconds, undefined, { ref: false }).then(() =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(picture),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/p.png`, asked };
}

let folder: string;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-stop-'));
  await mkdir(join(folder, 'tmp'));
  env = {
    MEDLEY_DATA_DIR: join(folder, 'data'),
    TMPDIR: join(folder, 'tmp'),
    MEDLEY_DEADLINE: '30000',
    MEDLEY_IMAGE_URLS: 'any',
  };
  await layEmptyDatabases(join(folder, 'data'));
  await writeCornerShop(folder, 12);
});
afterAll(async () => {
  await killLeft();
  await rm(folder, { recursive: true, force: true });
});

const index = () =>
  medleyProcess(['index', join(folder, 'catalogue.json'), '--report', join(folder, 'report.jsonl')], env);

/** Files that only a running process may have: locks, signs, and what is half written. */
async function leftBehind(): Promise<readonly string[]> {
  const kept = await readdir(join(folder, 'data'), { recursive: true });
  const temporary = await readdir(env['TMPDIR'] ?? '', { recursive: true });
  return [...kept.filter((name) => /lock|door|\.new$|\.part$|writer\.json/.test(name)), ...temporary];
}

const isReady = async (shop: FrontDoor): Promise<boolean> =>
  fetch(new URL('/health/ready', shop.url)).then(
    ({ status }) => status === 200,
    () => false,
  );

describe('a server that is told to stop', () => {
  it('serves what is under way to its end, is not ready meanwhile, and leaves no process, lock or temporary file', async () => {
    const indexed = index();
    expect([await indexed.ended, await leftBehind()]).toEqual([0, []]);
    const shop = await serveMedley(env);
    const host = await slowHost(1500);
    shop.said.push(host.url);
    expect(await isReady(shop)).toBe(true);
    const answer = upsert(shop, { id: 'late', title: 'Late lamp', images: [{ url: host.url }] });
    await host.asked;
    shop.child.kill('SIGINT');
    await sleep(300);
    expect(await isReady(shop)).toBe(false);
    expect(await answer).toEqual({ accepted: 1, rejected: [] });
    expect(await shop.ended).toBe(0);
    expect(await leftBehind()).toEqual([]);
    host.server.closeAllConnections();
    host.server.close();

    const again = await serveMedley(env);
    again.said.push(host.url);
    expect((await again.search({ text: 'Late lamp' })).edges[0]?.itemId).toBe('late');
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  it('answers what comes over a connection that was open', async () => {
    const shop = await serveMedley(env);
    const { port } = new URL(shop.url);
    const kept = connect(Number(port), '127.0.0.1');
    const asked = 'GET /health/live HTTP/1.1\r\nhost: medley\r\n\r\n';
    kept.write(asked);
    await once(kept, 'data');
    const stops = once(shop.child.stderr ?? kept, 'data');
    shop.child.kill('SIGTERM');
    await stops;
    kept.write(asked);
    const [answer] = (await once(kept, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n/i);
    expect(await shop.ended).toBe(0);
  });

  it('serves and stops though the disk that its words go to is full', async () => {
    const full = openSync('/dev/full', 'w');
    const port = await freePort();
    const shop = { ...environment(), ...env, PORT: String(port), MEDLEY_DEMO: 'off', MEDLEY_LOG_LEVEL: 'debug' };
    const child = spawn(process.execPath, ['bin/medley.js', 'serve'], { env: shop, stdio: ['ignore', full, full] });
    const ended = once(child, 'exit');
    const live = frontDoor(`http://127.0.0.1:${String(port)}`);
    while (child.exitCode === null && !(await isReady(live))) await sleep(100);
    expect(await isReady(live)).toBe(true);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('stops at once when it is told so twice', async () => {
    const shop = await serveMedley(env);
    const host = await slowHost(20_000);
    shop.said.push(host.url);
    const answer = upsert(shop, { id: 'never', title: 'Never lamp', images: [{ url: host.url }] });
    answer.catch(() => undefined);
    await host.asked;
    shop.child.kill('SIGINT');
    await sleep(200);
    shop.child.kill('SIGINT');
    expect(await shop.ended).toBe(1);
    await expect(answer).rejects.toThrow();
    host.server.closeAllConnections();
    host.server.close();
  });

  it('stops while it starts, too, and the next one starts', async () => {
    const early = join(folder, 'early');
    const starting = medleyProcess(['serve'], { ...env, MEDLEY_DATA_DIR: early, MEDLEY_DEMO: 'off', PORT: '0' });
    while (!existsSync(join(early, 'database'))) await sleep(20);
    starting.child.kill('SIGTERM');
    expect([await starting.ended, starting.printed()]).toEqual([0, expect.stringMatching(/^Medley is stopping.*\n$/)]);
    const shop = await serveMedley({ ...env, MEDLEY_DATA_DIR: early });
    shop.child.kill('SIGTERM');
    expect(await shop.ended).toBe(0);
  });
});

/** Begins to index a catalogue whose picture takes its time, and tells it to stop once that is asked for. */
async function stopIndexing(signal: 'SIGINT' | 'SIGTERM') {
  const host = await slowHost(60_000);
  const catalogue = {
    name: 'slow',
    items: { file: 'slow.jsonl' },
    images: { field: 'image' },
    fields: { id: 'id', title: 'title' },
  };
  await writeFile(join(folder, 'slow.jsonl'), JSON.stringify({ id: '1', title: 'Slow lamp', image: host.url }));
  await writeFile(join(folder, 'slow.json'), JSON.stringify(catalogue));
  const indexing = medleyProcess(['index', join(folder, 'slow.json'), '--report', join(folder, 'report.jsonl')], env);
  await host.asked;
  indexing.child.kill(signal);
  const status = await indexing.ended;
  host.server.closeAllConnections();
  host.server.close();
  return { status, said: indexing.printed().trim().split('\n').at(-1) };
}

describe('an indexing that is told to stop', () => {
  const said = expect.stringMatching(/^INTERRUPTED: Indexing was stopped; .*\.$/);

  it('says so, leaves nothing behind, and can be begun again', async () => {
    expect([await stopIndexing('SIGINT'), await leftBehind()]).toEqual([{ status: 130, said }, []]);
    expect([await stopIndexing('SIGTERM'), await leftBehind()]).toEqual([{ status: 143, said }, []]);
    expect([await index().ended, await leftBehind()]).toEqual([0, []]);
  });

  it('says so beside a server, too, which goes on serving and takes the next one', async () => {
    const shop = await serveMedley(env);
    expect(await stopIndexing('SIGINT')).toEqual({ status: 130, said });
    expect((await shop.search({ text: 'mug' })).edges).not.toEqual([]);
    expect(await index().ended).toBe(0);
    shop.child.kill('SIGTERM');
    expect([await shop.ended, await leftBehind()]).toEqual([0, []]);
  });
});

describe('the health pages', () => {
  it('tell the truth: alive from the start, ready once a catalogue is published, and not when it stops', async () => {
    const shop = await openShop({ items: 0 });
    const health = async (page: string) => {
      const { status, text } = await shop.send(`/health/${page}`);
      return [status, JSON.parse(text)] as const;
    };
    expect(await health('live')).toEqual([200, { status: 'live' }]);
    expect(await health('ready')).toEqual([503, { status: 'not ready', reason: expect.stringContaining('catalogue') }]);
    const early = await shop.ask('{ search(input: { text: "mug" }) { edges { itemId } } }');
    expect([early.status, early.errors[0]?.extensions.code]).toEqual([503, 'NOT_READY']);
    await shop.medley.retrieval.indexing.run({
      name: 'corner',
      root: 'file',
      items: { file: join(folder, 'items.jsonl'), format: 'jsonl' },
      fields: { id: 'id', title: 'title' },
      attributes: {},
    });
    expect(await health('ready')).toEqual([200, { status: 'ready' }]);
    expect((await shop.search({ text: 'mug' })).edges[0]?.node?.title).toContain(cornerItem(0).kind);
    const closing = shop.close();
    await expect(
      shop.send('/health/ready').then(
        ({ status }) => status,
        () => 503,
      ),
    ).resolves.toBe(503);
    await closing;
    await expect(stat(shop.folder)).rejects.toThrow('ENOENT');
  });
});
