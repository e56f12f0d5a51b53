import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeDurably } from '../../src/runtime/durable-file.ts';
import { isKeptName, notServed } from '../../src/runtime/kept-picture.ts';
import type { KeptPictures } from './kept-pictures.ts';

/** Kept pictures in a folder, a file each. */
export function folderKeptPictures(folder: string): KeptPictures {
  const fileOf = (name: string): string => {
    if (!isKeptName(name)) throw notServed();
    return join(folder, name);
  };
  return {
    put: async (name, bytes) => {
      const file = fileOf(name);
      if (await isThere(file)) return;
      await mkdir(folder, { recursive: true });
      await writeDurably(file, bytes);
    },
    get: async (name) => {
      const bytes = await readIfThere(fileOf(name));
      if (!bytes) throw notServed();
      return bytes;
    },
    close: () => Promise.resolve(),
  };
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
