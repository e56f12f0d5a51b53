import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TEXT_MODEL } from '../../inference/model-folders.ts';
import { plainPicture } from '../../inference/pictures.ts';
import { paint, writeCornerShop } from '../../support/corner-shop.ts';
import { layEmptyDatabases } from '../../support/empty-databases.ts';
import { until } from '../../support/is-alive.ts';
import { firstByLooks, firstByWords, upsert } from '../../support/item-writes.ts';
import { killLeft, medleyProcess, serveMedley } from '../../support/medley-process.ts';
import type { MedleyProcess, ServingProcess } from '../../support/medley-process.ts';
import { openPictureHost } from '../../support/picture-host.ts';
import type { PictureHost } from '../../support/picture-host.ts';
import { openShop } from '../../support/shop.ts';

const OLD = 12;
const NEW = 20;

let folder: string;
let env: Readonly<Record<string, string>>;
let host: PictureHost;
let shop: ServingProcess;

/** A catalogue whose pictures lie on the host: holding the host holds the indexing of it. */
async function writeNewCatalogue(): Promise<string> {
  const lines = Array.from({ length: NEW }, (_, n) =>
    JSON.stringify({ id: `n${String(n)}`, title: `Mandolin ${String(n)}`, image: `${host.url}/mug.png` }),
  );
  await writeFile(join(folder, 'new-items.jsonl'), lines.join('\n'));
  const catalogue = {
    name: 'music',
    items: { file: 'new-items.jsonl' },
    images: { field: 'image' },
    fields: { id: 'id', title: 'title' },
  };
  await writeFile(join(folder, 'new.json'), JSON.stringify(catalogue));
  return join(folder, 'new.json');
}

function index(catalogue: string): MedleyProcess {
  return medleyProcess(['index', catalogue, '--report', join(folder, 'report.jsonl')], env);
}

/** Begins to index the new catalogue and resolves when its first picture was asked for, which is held back. */
async function beginIndexing(): Promise<MedleyProcess> {
  host.hold();
  const before = host.asked;
  const indexing = index(await writeNewCatalogue());
  await until(() => host.asked > before);
  return indexing;
}

const inputsKept = async (): Promise<readonly string[]> =>
  (await readdir(join(folder, 'data'))).filter((name) => name.startsWith('standard-input'));

const count = async (): Promise<number> => (await shop.search({}, { first: 1 })).totalCount.value;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-reindex-'));
  host = await openPictureHost({ '/mug.png': await paint('mug', 'blue') });
  env = { MEDLEY_DATA_DIR: join(folder, 'data'), MEDLEY_DEADLINE: '30000' };
  await layEmptyDatabases(join(folder, 'data'));
  await writeCornerShop(folder, OLD);
  const first = index(join(folder, 'catalogue.json'));
  expect([await first.ended, first.printed()]).toEqual([0, expect.stringContaining(`${String(OLD)} items`)]);
  shop = await serveMedley(env);
});
beforeEach(async () => {
  if (shop.child.exitCode !== null || shop.child.signalCode !== null) shop = await serveMedley(env);
  shop.said.push(host.url);
});
afterEach(() => {
  host.letGo();
});
afterAll(async () => {
  await killLeft();
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describe('indexing while the server runs', () => {
  it('that is interrupted changes nothing, and can be begun again at once', async () => {
    const indexing = await beginIndexing();
    indexing.child.kill('SIGINT');
    await indexing.ended;
    expect(await count()).toBe(OLD);
    host.letGo();
    const again = index(join(folder, 'catalogue.json'));
    expect([await again.ended, again.printed()]).toEqual([0, expect.stringContaining(`${String(OLD)} items`)]);
    expect(await count()).toBe(OLD);
  });

  it('is refused to a second one meanwhile', async () => {
    const indexing = await beginIndexing();
    const second = index(join(folder, 'catalogue.json'));
    expect(await second.ended).toBe(1);
    expect(second.printed()).toMatch(/BUSY.*already being indexed/);
    indexing.child.kill('SIGINT');
    await indexing.ended;
  });

  it('ends with the server when that is told to stop, which does not wait for it; what served serves on', async () => {
    const indexing = await beginIndexing();
    shop.child.kill('SIGINT');
    expect(await shop.ended).toBe(0);
    expect(await indexing.ended).toBe(1);
    expect(indexing.printed()).toMatch(/INTERRUPTED/);
    shop = await serveMedley(env);
    expect(await count()).toBe(OLD);
  });

  it('ends with the server when that is killed, and what served serves on', async () => {
    const indexing = await beginIndexing();
    shop.child.kill('SIGKILL');
    await shop.ended;
    expect(await indexing.ended).toBe(1);
    expect(indexing.printed()).toMatch(/INTERRUPTED/);
    shop = await serveMedley(env);
    expect(await count()).toBe(OLD);
  });

  it('of a catalogue that is wrong is refused with its problems, and nothing changes', async () => {
    await writeFile(join(folder, 'wrong.json'), '{"name":"no name","items":{},"fields":{"id":"id"}}');
    const wrong = index(join(folder, 'wrong.json'));
    expect(await wrong.ended).toBe(1);
    expect(wrong.printed()).toMatch(/INVALID_CATALOGUE[^]*items[^]*title/);
    await writeFile(join(folder, 'hopeless.jsonl'), '{"id":1}\n{"id":2}');
    const catalogue = { name: 'x', items: { file: 'hopeless.jsonl' }, fields: { id: 'id', title: 'title' } };
    await writeFile(join(folder, 'hopeless.json'), JSON.stringify(catalogue));
    const hopeless = index(join(folder, 'hopeless.json'));
    expect(await hopeless.ended).toBe(1);
    expect(hopeless.printed()).toMatch(/INVALID_CATALOGUE[^]*0 of 2/);
    expect((await readFile(join(folder, 'report.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(2);
    expect(await count()).toBe(OLD);
  });

  it('takes the items of a catalogue on standard input from whoever asks, keeps no copy, and can be broken off', async () => {
    const catalogue = { name: 'piped', items: { file: '-' }, fields: { id: 'id', title: 'title' } };
    await writeFile(join(folder, 'piped.json'), JSON.stringify(catalogue));
    const args = ['index', join(folder, 'piped.json'), '--report', join(folder, 'report.jsonl')];
    const broken = medleyProcess(args, env, 'pipe');
    broken.child.stdin?.write('{"id":"never","title":"Never"}\n');
    await until(async () => (await inputsKept()).length > 0);
    broken.child.kill('SIGINT');
    expect([await broken.ended, broken.printed()]).toEqual([130, expect.stringMatching(/^INTERRUPTED: /)]);
    const piped = medleyProcess(args, env, 'pipe');
    piped.child.stdin?.end('{"id":"a","title":"Zither"}\n{"id":"b","title":"Kazoo"}\n');
    expect([await piped.ended, piped.printed()]).toEqual([0, expect.stringContaining('2 items')]);
    expect(await firstByWords(shop, 'Kazoo')).toBe('b');
    expect(await inputsKept()).toEqual([]);
    const again = index(join(folder, 'catalogue.json'));
    expect([await again.ended, await count()]).toEqual([0, OLD]);
  });

  it('answers every search meanwhile by the old catalogue, then by the new one, with what was written live', async () => {
    const indexing = await beginIndexing();
    const counts: number[] = [];
    const done = new AbortController();
    const searching = (async () => {
      while (!done.signal.aborted) counts.push(await count());
    })();
    const imageId = await shop.upload(await plainPicture('#ff00ff'));
    const written = await upsert(shop, { id: 'live', title: 'Ocarina', images: [{ imageId }] });
    expect(written).toEqual({ accepted: 1, rejected: [] });
    expect(await count()).toBe(OLD + 1);
    host.letGo();
    expect([await indexing.ended, indexing.printed()]).toEqual([0, expect.stringContaining(`${String(NEW)} items`)]);
    done.abort();
    await searching;
    expect(await count()).toBe(NEW + 1);
    expect([...new Set(counts)].filter((n) => ![OLD, OLD + 1, NEW + 1].includes(n))).toEqual([]);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(await firstByWords(shop, 'Ocarina')).toBe('live');
    expect(await firstByLooks(shop, '#ff00ff')).toBe('live');
    expect(await firstByWords(shop, 'Mandolin 7')).toBe('n7');
  });
});

describe('the door for indexing', () => {
  it('opens to nobody who cannot read the data folder', async () => {
    const sign = join(folder, 'data', 'index-door.json');
    expect((await stat(sign)).mode & 0o777).toBe(0o600);
    const { url } = JSON.parse(await readFile(sign, 'utf8')) as { readonly url: string };
    for (const authorization of ['', 'Bearer guessed']) {
      const reply = await fetch(new URL('/index', url), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{}',
      });
      expect(reply.status).toBe(404);
    }
    expect((await shop.send('/index', { method: 'POST' })).status).toBe(404);
  });

  it('is closed to who would encode with other models than the server does', async () => {
    const other = await openShop({ items: OLD });
    const catalogue = join(other.folder, 'catalogue.json');
    const indexing = medleyProcess(['index', catalogue, '--report', join(folder, 'report.jsonl')], {
      MEDLEY_DATA_DIR: other.dataFolder,
      MEDLEY_TEXT_MODEL: TEXT_MODEL,
    });
    expect(await indexing.ended).toBe(1);
    expect(indexing.printed()).toMatch(/SPACE_MISMATCH.*hashing-text/);
    await other.close();
  });
});
