import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openFolderPictureStore } from '../../../subgraphs/query-embedding/folder-picture-store.ts';
import { noisyPicture, plainPicture } from '../../inference/pictures.ts';

const DAY = 86_400_000;

describe('the folder of uploaded pictures', () => {
  let folder: string;
  const open = (maxBytes = 1e9) => openFolderPictureStore({ folder, maxAge: DAY, maxBytes });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'medley-uploads-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives back a picture after a restart', async () => {
    const picture = await plainPicture('#123456');
    const id = await (await open()).put(picture);
    const restarted = await open();
    expect(Buffer.from(await restarted.get(id)).equals(picture)).toBe(true);
  });

  it('gives the same picture the same id, and keeps it once', async () => {
    const store = await open();
    const ids = await Promise.all([1, 2, 3].map(async () => store.put(await plainPicture('#123456'))));
    expect(new Set(ids).size).toBe(1);
    expect(readdirSync(folder)).toEqual([ids[0]]);
  });

  it('forgets a picture after its time, unless it was uploaded again', async () => {
    const store = await open();
    const id = await store.put(await plainPicture('#123456'));
    const yesterday = new Date(Date.now() - DAY - 1000);
    utimesSync(join(folder, id), yesterday, yesterday);
    await expect(store.get(id)).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE' });
    await store.put(await plainPicture('#123456'));
    await expect(store.get(id)).resolves.toBeInstanceOf(Uint8Array);
  });

  it('removes what expired when it is opened', async () => {
    const id = await (await open()).put(await plainPicture('#123456'));
    const yesterday = new Date(Date.now() - DAY - 1000);
    utimesSync(join(folder, id), yesterday, yesterday);
    await open();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes room by removing the oldest', async () => {
    const [first, second] = [await noisyPicture(128), await noisyPicture(136)];
    const store = await open(first.length + second.length - 1);
    const old = await store.put(first);
    utimesSync(join(folder, old), new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    const fresh = await store.put(second);
    expect(readdirSync(folder)).toEqual([fresh]);
  });

  it('counts a small picture as what it takes of the disk', async () => {
    const store = await open(3 * 4096);
    for (const colour of ['#111111', '#222222', '#333333', '#444444', '#555555'])
      await store.put(await plainPicture(colour));
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('keeps what is uploaded again while it is swept', async () => {
    const store = await open();
    const pictures = await Promise.all(
      Array.from({ length: 60 }, (_, n) => plainPicture(`#${String(100_000 + n)}`, { width: 8, height: 8 })),
    );
    const ids = await Promise.all(pictures.map((picture) => store.put(picture)));
    const yesterday = new Date(Date.now() - DAY - 1000);
    for (const id of ids) utimesSync(join(folder, id), yesterday, yesterday);
    await Promise.all([open(), ...pictures.map((picture) => store.put(picture))]);
    expect(readdirSync(folder).toSorted()).toEqual(ids.toSorted());
  });

  it.each([
    ['a text', () => Promise.resolve(Buffer.from('hello')), 'IMAGE_UNREADABLE'],
    ['half a JPEG', async () => (await noisyPicture()).slice(0, 6000), 'IMAGE_UNREADABLE'],
    ['50 megapixels', () => plainPicture('#ffffff', { width: 10_000, height: 5_000 }), 'IMAGE_TOO_LARGE'],
  ] as const)('keeps nothing of %s', async (_, bytes, code) => {
    await expect((await open()).put(await bytes())).rejects.toMatchObject({ name: 'MedleyError', code });
    expect(readdirSync(folder)).toEqual([]);
  });
});
