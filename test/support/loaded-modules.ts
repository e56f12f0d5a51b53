import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/** Preloaded into a process of its own (`--import`): when it ends, it lists the CommonJS modules that it loaded in LOADED_MODULES. */
const { cache } = createRequire(import.meta.url);
const { LOADED_MODULES: list } = process.env;
if (isMainThread && list !== undefined)
  process.on('exit', () => {
    writeFileSync(list, Object.keys(cache).join('\n'));
  });
