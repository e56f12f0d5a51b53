import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('storefront', import.meta.url));
const dist = join(root, 'dist');
/** What the storefront is made of: its own files, and the viewers and colours that it shares with the catalogue. */
const sources = [
  ...['src', 'fonts', 'index.html', 'vite.config.ts'].map((name) => join(root, name)),
  ...['viewers.ts', 'palette.ts'].map((name) => join(root, '..', 'catalogue', name)),
];

/**
 * Builds the storefront when there is none yet or a source is newer, and returns the folder to serve. Building needs the
 * development dependencies; an installation without them serves what was built before.
 */
export async function ensureStorefront(): Promise<string> {
  const built = await newest(join(dist, 'index.html'));
  const written = await Promise.all(sources.map(newest));
  if (built >= Math.max(...written)) return dist;
  const vite = await import('vite').catch(() => undefined);
  if (vite) await vite.build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  else if (built === 0) {
    throw new Error(
      'The storefront is not built and Vite is not installed: run "npm ci" with development dependencies, or set MEDLEY_DEMO=off.',
    );
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
