import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture, PICTURE_LIMITS } from '../../src/inference/picture-tensor.ts';
import type { PictureLimits } from '../../src/inference/picture-tensor.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { toMedleyError } from './picture-error.ts';

export interface PictureStore {
  /**
   * Keeps an uploaded picture and answers its id; the same picture has the same id.
   *
   * @throws MedleyError IMAGE_UNREADABLE or IMAGE_TOO_LARGE
   */
  put(bytes: Uint8Array): Promise<string>;
  /** @throws MedleyError UNKNOWN_IMAGE for an id that was never given, or has expired. */
  get(id: string): Promise<Uint8Array>;
}

export interface PictureStoreOptions {
  readonly folder: string;
  /** Milliseconds from the last upload of a picture until it expires. */
  readonly maxAge: number;
  /** Bytes kept together; beyond it the oldest go first. */
  readonly maxBytes: number;
  readonly limits?: PictureLimits;
}

const ID = /^[0-9a-f]{32}$/;
const SWEEP_EVERY = 10 * 60_000;

/** Small enough to be quick, and yet every byte of the picture is read. */
const PROBE = { width: 16, height: 16, resize: 'fill' } as const;

/** Uploaded pictures in a folder, a file each, named by content. The folder may be shared by several processes. */
export async function openPictureStore(options: PictureStoreOptions): Promise<PictureStore> {
  const { folder, maxAge, maxBytes, limits = PICTURE_LIMITS } = options;
  await mkdir(folder, { recursive: true });
  let swept = Date.now();
  let kept = await sweep(options);

  return {
    async put(bytes) {
      await decodePicture(bytes, PROBE, limits).catch((error: unknown) => {
        throw toMedleyError(error);
      });
      const id = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
      if (!(await renew(join(folder, id)))) {
        await writeDurably(folder, id, bytes);
        kept += bytes.byteLength;
      }
      if (kept > maxBytes || Date.now() - swept > SWEEP_EVERY) {
        swept = Date.now();
        kept = await sweep(options);
      }
      return id;
    },

    async get(id) {
      const unknown = new MedleyError(
        'UNKNOWN_IMAGE',
        'No uploaded picture has this id, or it has expired; upload it again.',
      );
      if (!ID.test(id)) throw unknown;
      const file = join(folder, id);
      const found = await stat(file).catch(() => undefined);
      if (!found || Date.now() - found.mtimeMs > maxAge) throw unknown;
      return readFile(file).catch(() => {
        throw unknown;
      });
    },
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

/** Whole or not at all: a reader never sees half a picture, and an answered upload survives a power cut. */
async function writeDurably(folder: string, id: string, bytes: Uint8Array): Promise<void> {
  const aside = join(folder, `${id}.${crypto.randomUUID()}.part`);
  const file = await open(aside, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, join(folder, id));
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}

/** Removes what has expired, then the oldest until the rest fits; answers the bytes that stay. */
async function sweep({ folder, maxAge, maxBytes }: PictureStoreOptions): Promise<number> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.map(async (name) => {
      const entry = await stat(join(folder, name)).catch(() => undefined);
      return entry ? [{ name, bytes: entry.size, at: entry.mtimeMs }] : [];
    }),
  );
  const newestFirst = found.flat().sort((a, b) => b.at - a.at);
  let total = 0;
  for (const { name, bytes, at } of newestFirst) {
    if (Date.now() - at > maxAge || total + bytes > maxBytes) await rm(join(folder, name), { force: true });
    else total += bytes;
  }
  return total;
}
