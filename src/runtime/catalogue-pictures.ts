import { readlinkSync } from 'node:fs';
import { mkdir, readFile, readlink, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { writeDurably } from './durable-file.ts';
import { MedleyError } from './errors.ts';

/** Pictures that came with an item as an upload are served under this name, which no catalogue can have. */
const KEPT = '~kept';

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

/** Where the pictures lie that are served under a name: a catalogue's, or those kept here; undefined for one that was never indexed. */
export function picturesOf(dataFolder: string, catalogue: string): string | undefined {
  if (catalogue === KEPT) return keptFolder(dataFolder);
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
 * The bytes of a picture by the path that it is served at.
 *
 * @throws MedleyError UNKNOWN_IMAGE
 */
export async function servedPicture(dataFolder: string, path: string): Promise<Uint8Array> {
  const [, catalogue = '', name = ''] = /^\/pictures\/([^/]+)\/([^?#]+)/.exec(path) ?? [];
  const folder = picturesOf(dataFolder, catalogue);
  const file = folder && (await pictureFile(folder, decoded(name)));
  if (!file)
    throw new MedleyError('UNKNOWN_IMAGE', 'No picture is served under this path; take it from an item as it is.');
  return readFile(file);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}

/** Keeps a picture for good and resolves, once it is durable, to the path that it is served at. The same name is written once. */
export async function keepPicture(dataFolder: string, name: string, bytes: Uint8Array): Promise<string> {
  const folder = keptFolder(dataFolder);
  await mkdir(folder, { recursive: true });
  if (!(await pictureFile(folder, name))) await writeDurably(join(folder, name), bytes);
  return `/pictures/${KEPT}/${name}`;
}

function keptFolder(dataFolder: string): string {
  return join(dataFolder, 'kept-pictures');
}
