import { mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

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
