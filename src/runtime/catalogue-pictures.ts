import { readlinkSync } from 'node:fs';
import { mkdir, readFile, readlink, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { notServed } from './kept-picture.ts';

/** Remembers, in the data folder, where the pictures of a catalogue lie, so that the gateway can serve them. One atomic step. */
export async function rememberPictures(dataFolder: string, catalogue: string, folder: string): Promise<void> {
  const links = join(dataFolder, 'pictures');
  await mkdir(links, { recursive: true });
  const [link, aside] = [join(links, catalogue), join(links, `.${catalogue}.new`)];
  if ((await readlink(link).catch(() => '')) === resolve(folder)) return;
  await rm(aside, { force: true });
  await symlink(resolve(folder), aside);
  await rename(aside, link);
}

/** Where the pictures of a catalogue lie; undefined for one that was never indexed. */
export function picturesOf(dataFolder: string, catalogue: string): string | undefined {
  if (!/^[\w-]{1,80}$/.test(catalogue)) return undefined;
  try {
    return readlinkSync(join(dataFolder, 'pictures', catalogue));
  } catch {
    return undefined;
  }
}

/** The file of a picture in a folder; undefined where there is none, or where links and ".." lead out of the folder. */
export async function pictureFile(folder: string, name: string): Promise<string | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, name))]);
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an item's picture is one that this service serves, `/pictures/<catalogue>/<name>`. */
export function isServed(url: string): boolean {
  return url.startsWith('/pictures/');
}

/**
 * The bytes of a catalogue's picture by the path that it is served at.
 *
 * @throws MedleyError UNKNOWN_IMAGE
 */
export async function servedPicture(dataFolder: string, path: string): Promise<Uint8Array> {
  const [, catalogue = '', name = ''] = /^\/pictures\/([^/]+)\/([^?#]+)/.exec(path) ?? [];
  const folder = picturesOf(dataFolder, catalogue);
  const file = folder && (await pictureFile(folder, decoded(name)));
  if (!file) throw notServed();
  return readFile(file);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}
