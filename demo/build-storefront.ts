import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('storefront', import.meta.url));
const dist = join(root, 'dist');
/** What the storefront is made of: its own files and the viewers that it shares with the catalogue. */
const sources = [
  join(root, 'src'),
  join(root, 'index.html'),
  join(root, 'vite.config.ts'),
  join(root, '..', 'catalogue', 'viewers.ts'),
];

/** Builds the storefront when there is none yet or a source is newer, and returns the folder to serve. Needs the development dependencies. */
export async function ensureStorefront(): Promise<string> {
  const built = await newest(join(dist, 'index.html'));
  const written = await Promise.all(sources.map(newest));
  if (built < Math.max(...written)) {
    const { build } = await import('vite');
    await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  }
  return dist;
}

/** When a file, or the youngest file of a folder, was written; 0 when there is none. */
async function newest(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  const within = await readdir(path);
  return Math.max(0, ...(await Promise.all(within.map((name) => newest(join(path, name))))));
}
