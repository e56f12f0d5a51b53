import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MedleyError } from '../../../../src/runtime/errors.ts';

/**
 * The bytes of a picture that an item names: a path in the catalogue's picture folder, or a URL. Or the key of its features, where
 * it need not be read again.
 *
 * @throws MedleyError IMAGE_UNREADABLE, IMAGE_UNREACHABLE, IMAGE_TOO_LARGE or UNKNOWN_IMAGE
 */
export type PictureSource = (picture: string) => Promise<Uint8Array | KnownPicture>;

/** A picture whose features the encoding store has. */
export interface KnownPicture {
  readonly key: string;
}

export interface PicturePlaces {
  readonly folder?: string;
  /** Fetches from a URL, within limits of its own; without it URLs are refused. */
  readonly fetch?: (url: string) => Promise<Uint8Array>;
}

/** @throws MedleyError INVALID_CATALOGUE where the folder that a catalogue names for its pictures is none */
export async function checkPictureFolder(folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new MedleyError(
      'INVALID_CATALOGUE',
      `images.folder: there is no folder ${folder}; paths are relative to the catalogue file`,
    );
}

export function pictureSource({ folder, fetch }: PicturePlaces): (picture: string) => Promise<Uint8Array> {
  return async (picture) => {
    if (/^[a-z]+:\/\//i.test(picture)) {
      if (fetch && /^https?:/i.test(picture)) return fetch(picture);
      throw new MedleyError('IMAGE_UNREACHABLE', 'Pictures are not fetched from addresses of this kind.');
    }
    if (!folder)
      throw new MedleyError(
        'IMAGE_UNREACHABLE',
        'The catalogue file names no folder of pictures. Set images.folder, or give URLs.',
      );
    return readInside(folder, picture);
  };
}

/** Links and ".." may not lead out of the folder. */
async function readInside(folder: string, picture: string): Promise<Uint8Array> {
  const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, picture))]).catch(
    (cause: unknown) => {
      throw new MedleyError('IMAGE_UNREADABLE', `There is no picture ${picture} in the folder of pictures.`, { cause });
    },
  );
  if (!file.startsWith(root + sep))
    throw new MedleyError('IMAGE_UNREADABLE', `The picture ${picture} is outside the folder of pictures.`);
  return readFile(file).catch((cause: unknown) => {
    throw new MedleyError('IMAGE_UNREADABLE', `The picture ${picture} cannot be read.`, { cause });
  });
}
