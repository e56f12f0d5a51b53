import { environment } from '../../src/runtime/environment.ts';
import { elasticsearchServer } from '../../tools/servers/elasticsearch-server.ts';
import type { LocalServer } from '../../tools/servers/local-server.ts';

/** Compiled in a hurry, Java starts in half the time. */
const QUICK_START = '-XX:TieredStopAtLevel=1';

/** A small node of the version that MEDLEY_ELASTICSEARCH_VERSION names; of the newest that runs here where it is unset. */
export function elasticsearchForTests(at: { readonly port: number; readonly folder: string }): LocalServer {
  const { MEDLEY_ELASTICSEARCH_VERSION: version } = environment();
  return elasticsearchServer({ ...at, version, heap: '512m', javaOptions: QUICK_START });
}
