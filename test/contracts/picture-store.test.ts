import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/runtime/database.ts';
import type { DatabasePlace } from '../../src/runtime/database.ts';
import { environment } from '../../src/runtime/environment.ts';
import { openFolderPictureStore } from '../../subgraphs/query-embedding/folder-picture-store.ts';
import type { PictureLifetime, PictureStore } from '../../subgraphs/query-embedding/picture-store.ts';
import { openSqlPictureStore } from '../../subgraphs/query-embedding/sql-picture-store.ts';
import { noisyPicture, plainPicture } from '../inference/pictures.ts';

const LIFETIME: PictureLifetime = { maxAge: 86_400_000, maxBytes: 1e9 };

function describePictureStore(name: string, open: () => Promise<PictureStore>): void {
  describe(`a store of uploaded pictures (${name})`, () => {
    let store: PictureStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('gives back what was uploaded, byte for byte', async () => {
      const picture = await noisyPicture(96);
      expect(Buffer.from(await store.get(await store.put(picture))).equals(picture)).toBe(true);
    });

    it('gives the same picture the same id, also when it comes several times at once', async () => {
      const ids = await Promise.all([1, 2, 3].map(async () => store.put(await plainPicture('#123456'))));
      expect(new Set(ids).size).toBe(1);
    });

    it.each(['../../etc/passwd', '', 'f'.repeat(32), 'F'.repeat(32), '.', "' or 1=1"])(
      'knows no picture %p',
      async (id) => {
        await expect(store.get(id)).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE' });
      },
    );

    it.each([
      ['a text', () => Promise.resolve(Buffer.from('hello')), 'IMAGE_UNREADABLE'],
      ['half a JPEG', async () => (await noisyPicture()).slice(0, 6000), 'IMAGE_UNREADABLE'],
      ['50 megapixels', () => plainPicture('#ffffff', { width: 10_000, height: 5_000 }), 'IMAGE_TOO_LARGE'],
    ] as const)('refuses %s', async (_, bytes, code) => {
      await expect(store.put(await bytes())).rejects.toMatchObject({ name: 'MedleyError', code });
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'medley-uploads-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inDatabase = (place: DatabasePlace) => () => openSqlPictureStore(openDatabase(place), LIFETIME);

describePictureStore('a folder', () => openFolderPictureStore({ folder, ...LIFETIME }));
describePictureStore('an embedded PostgreSQL', inDatabase('memory'));

const { MEDLEY_TEST_DATABASE_URL: url } = environment();
if (url !== undefined) describePictureStore('a PostgreSQL server', inDatabase({ url }));
else
  it('are kept in a PostgreSQL server too, where MEDLEY_TEST_DATABASE_URL names one (here it does not)', () => {
    expect(url).toBeUndefined();
  });

it('in a database forgets what expired, and makes room at once by removing the oldest', async () => {
  let now = 1_000_000;
  const [first, second] = [await noisyPicture(128), await noisyPicture(136)];
  const store = await openSqlPictureStore(openDatabase('memory'), {
    maxAge: 3_600_000,
    maxBytes: first.length + second.length - 1,
    now: () => now,
  });
  const old = await store.put(first);
  now += 1;
  const fresh = await store.put(second);
  await expect(store.get(old)).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE' });
  await expect(store.get(fresh)).resolves.toBeInstanceOf(Uint8Array);
  now += 3_600_000;
  await expect(store.get(fresh)).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE' });
  await store.close();
});
