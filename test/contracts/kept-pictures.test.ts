import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDatabase } from '../../src/runtime/database.ts';
import { environment } from '../../src/runtime/environment.ts';
import { folderKeptPictures } from '../../subgraphs/retrieval/folder-kept-pictures.ts';
import type { KeptPictures } from '../../subgraphs/retrieval/kept-pictures.ts';
import { openKeptPictures } from '../../subgraphs/retrieval/open-kept-pictures.ts';
import { openSqlKeptPictures } from '../../subgraphs/retrieval/sql-kept-pictures.ts';
import { makeDatabase } from '../support/postgresql.ts';
import type { OwnDatabase } from '../support/postgresql.ts';

const NO_NAMES = [
  '',
  '.',
  '../../etc/passwd',
  `../${'a'.repeat(32)}.png`,
  `${'a'.repeat(32)}.svg`,
  `${'a'.repeat(32)}.png/..`,
  `${'a'.repeat(32)}.png\n`,
  `${'A'.repeat(32)}.png`,
  `${'a'.repeat(200)}.png`,
  "' or 1=1",
];

function describeKeptPictures(name: string, open: () => Promise<KeptPictures>): void {
  describe(`pictures that are kept with items (${name})`, () => {
    let pictures: KeptPictures;
    beforeAll(async () => {
      pictures = await open();
    });
    afterAll(() => pictures.close());

    it('come back byte for byte, a large one, too', async () => {
      for (const bytes of [randomBytes(1000), randomBytes(500_000)]) {
        await pictures.put(nameOf(bytes), bytes);
        expect(Buffer.from(await pictures.get(nameOf(bytes))).equals(bytes)).toBe(true);
      }
    });

    it('stay under their name what they were, however often and at once something is kept there', async () => {
      const bytes = randomBytes(1000);
      const name = nameOf(bytes);
      await Promise.all([1, 2, 3].map(() => pictures.put(name, bytes)));
      await pictures.put(name, randomBytes(10));
      expect(Buffer.from(await pictures.get(name)).equals(bytes)).toBe(true);
    });

    it.each(NO_NAMES)('are neither kept nor looked for under what is no name: %j', async (name) => {
      await expect(pictures.put(name, randomBytes(10))).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE' });
      await expect(pictures.get(name)).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE' });
    });

    it('are unknown where nothing was kept', async () => {
      await expect(pictures.get(`${'0'.repeat(32)}.png`)).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE' });
    });
  });
}

function nameOf(bytes: Uint8Array): string {
  return `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.png`;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-kept-'));
});
afterAll(() => rm(folder, { recursive: true }));

describeKeptPictures('a folder', () => Promise.resolve(folderKeptPictures(join(folder, 'kept-pictures'))));
describeKeptPictures('embedded PostgreSQL', () => openSqlKeptPictures(openDatabase('memory')));

const { MEDLEY_TEST_DATABASE_URL: server } = environment();
if (server !== undefined) {
  let database: OwnDatabase;
  beforeAll(async () => {
    database = await makeDatabase(server);
  });
  afterAll(() => database.drop());

  describeKeptPictures('a PostgreSQL server', () => openSqlKeptPictures(openDatabase({ url: database.url })));

  it('are found by every process that has the server, and so are those of an earlier release in its data folder', async () => {
    const [here, there] = [join(folder, 'here'), join(folder, 'there')];
    const [now, before] = [randomBytes(1000), randomBytes(1000)];
    await folderKeptPictures(join(there, 'kept-pictures')).put(nameOf(before), before);
    const [one, other] = await Promise.all([here, there].map((data) => openKeptPictures(data, database.url)));
    await one?.put(nameOf(now), now);
    expect(await other?.get(nameOf(now))).toEqual(now);
    expect(await other?.get(nameOf(before))).toEqual(before);
    await expect(one?.get(nameOf(before))).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE' });
    await Promise.all([one?.close(), other?.close()]);
  });

  it('wait for their turn, many of them at once, where the server takes longer over some than connections are waited for', async () => {
    const kept = await openKeptPictures(join(folder, 'busy'), database.url);
    const holding = new pg.Client({ connectionString: database.url });
    await holding.connect();
    await holding.query('begin; lock table retrieval_picture');
    const all = Array.from({ length: 12 }, () => randomBytes(1000));
    const put = Promise.all(all.map((bytes) => kept.put(nameOf(bytes), bytes)));
    put.catch(() => undefined);
    await sleep(4000);
    await holding.end();
    await put;
    expect(await Promise.all(all.map((bytes) => kept.get(nameOf(bytes))))).toEqual(all);
    await kept.close();
  });
} else
  it('are kept in a PostgreSQL server too, where MEDLEY_TEST_DATABASE_URL names one (here it does not)', () => {
    expect(server).toBeUndefined();
  });

it('in a folder that cannot be read are told as such, not as unknown', async () => {
  await writeFile(join(folder, 'no-folder'), 'a file');
  const blocked = folderKeptPictures(join(folder, 'no-folder'));
  await expect(blocked.get(`${'0'.repeat(32)}.png`)).rejects.toMatchObject({ code: 'ENOTDIR' });
});
