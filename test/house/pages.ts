import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The top of the repository. */
export const ROOT = new URL('../../', import.meta.url).pathname;

/** Where the front page and the pages of docs/ are, from the top. */
export const PAGES: readonly string[] = ['README.md', ...globSync('docs/*.md', { cwd: ROOT }).sort()];

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** A page without its blocks of code. */
export function proseOf(page: string): string {
  return readPage(page).replaceAll(/^```.*?^```$/gms, '');
}
