import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/** Preloaded into a process of its own (`--import`): when it ends, in LOADED_MODULES it lists the CommonJS modules that it loaded, and its settings of telemetry. */
const { cache } = createRequire(import.meta.url);
const { LOADED_MODULES: list } = process.env;
if (isMainThread && list !== undefined)
  process.on('exit', () => {
    const telemetry = Object.entries(process.env).filter(([name]) => name.includes('TELEMETRY'));
    writeFileSync(list, [...Object.keys(cache), ...telemetry.map((pair) => pair.join('='))].join('\n'));
  });
