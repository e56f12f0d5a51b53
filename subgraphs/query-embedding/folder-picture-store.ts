import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../../src/runtime/durable-file.ts';
import { admitted, isPictureId, unknownPicture } from './picture-store.ts';
import type { PictureLifetime, PictureStore } from './picture-store.ts';

export interface FolderPictureStoreOptions extends PictureLifetime {
  readonly folder: string;
}

const SWEEP_EVERY = 10 * 60_000;
/** What the smallest file takes of a disk, bytes. */
const BLOCK = 4096;

/** Uploaded pictures in a folder, a file each, named by content. The folder may be shared by several processes. */
export async function openFolderPictureStore(options: FolderPictureStoreOptions): Promise<PictureStore> {
  const { folder, maxAge, maxBytes, limits } = options;
  await mkdir(folder, { recursive: true });
  let swept = Date.now();
  let kept = await sweep(options);

  return {
    async put(bytes) {
      const id = await admitted(bytes, limits);
      const file = join(folder, id);
      if (!(await renew(file))) {
        // A reader never sees half a picture, and an answered upload survives a power cut.
        await writeDurably(file, bytes);
        kept += spaceOf(bytes.byteLength);
      }
      if (kept > maxBytes || Date.now() - swept > SWEEP_EVERY) {
        swept = Date.now();
        kept = await sweep(options);
      }
      return id;
    },

    async get(id) {
      if (!isPictureId(id)) throw unknownPicture();
      const file = join(folder, id);
      const found = await stat(file).catch(() => undefined);
      if (!found || Date.now() - found.mtimeMs > maxAge) throw unknownPicture();
      return readFile(file).catch(() => {
        throw unknownPicture();
      });
    },

    close: () => Promise.resolve(),
  };
}

/** Starts the picture's time anew; false when it is not there. */
async function renew(file: string): Promise<boolean> {
  const now = new Date();
  return utimes(file, now, now).then(
    () => true,
    () => false,
  );
}

function spaceOf(bytes: number): number {
  return Math.max(BLOCK, bytes);
}

/** Removes what has expired, then the oldest until the rest fits; answers the bytes that stay. */
async function sweep({ folder, maxAge, maxBytes }: FolderPictureStoreOptions): Promise<number> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.map(async (name) => {
      const entry = await stat(join(folder, name)).catch(() => undefined);
      return entry ? [{ name, bytes: spaceOf(entry.size), at: entry.mtimeMs }] : [];
    }),
  );
  const newestFirst = found.flat().sort((a, b) => b.at - a.at);
  let total = 0;
  for (const { name, bytes, at } of newestFirst) {
    const leaves = Date.now() - at > maxAge || total + bytes > maxBytes;
    if (!leaves || !(await remove(join(folder, name), at))) total += bytes;
  }
  return total;
}

/**
 * False where the picture was uploaded again since it was looked at. It is put aside before it is looked at once more: who uploads
 * it from then on does not find it and writes it anew.
 */
async function remove(file: string, seenAt: number): Promise<boolean> {
  const aside = `${file}.${crypto.randomUUID()}.old`;
  const isThere = await rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!isThere) return true;
  const { mtimeMs } = await stat(aside);
  if (mtimeMs === seenAt) {
    await rm(aside, { force: true });
    return true;
  }
  await rename(aside, file);
  return false;
}
