import { homedir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../../src/runtime/environment.ts';

/** Where fetched servers are kept, outside the repository. Root's home is closed to others, so root keeps them under /var. */
export function cacheFolder(): string {
  const { MEDLEY_CACHE_DIR, XDG_CACHE_HOME } = environment();
  if (MEDLEY_CACHE_DIR !== undefined) return MEDLEY_CACHE_DIR;
  if (process.getuid?.() === 0) return '/var/cache/medley';
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'medley');
}
