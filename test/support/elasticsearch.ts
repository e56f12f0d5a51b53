import { describe, it } from '@jest/globals';
import { environment } from '../../src/runtime/environment.ts';
import type { LocalServer } from '../../tools/servers/local-server.ts';
import { elasticsearchForTests } from './elasticsearch-for-tests.ts';
import { freePort } from './free-port.ts';

/** Tests that need Elasticsearch: those at ELASTICSEARCH_URL where it is set, else they are skipped with one line. */
export function describeWithElasticsearch(name: string, tests: (nodes: readonly string[]) => void): void {
  const { ELASTICSEARCH_URL: url } = environment();
  describe(name, () => {
    if (url !== undefined) tests(url.split(','));
    else it.todo('needs Elasticsearch: set ELASTICSEARCH_URL, or MEDLEY_TEST_SERVERS=on to have one started');
  });
}

/** Tests that do harm to a node, and so want one of their own in the folder that they name. */
export function describeWithOwnElasticsearch(
  name: string,
  tests: (open: (folder: string) => Promise<LocalServer>) => void,
): void {
  const { ELASTICSEARCH_URL: url, MEDLEY_TEST_SERVERS } = environment();
  describe(name, () => {
    if (MEDLEY_TEST_SERVERS === 'on' && url !== undefined)
      tests(async (folder) => elasticsearchForTests({ folder, port: await freePort() }));
    else it.todo('kills a node of its own: set MEDLEY_TEST_SERVERS=on where one can be started');
  });
}

/** The settings of a shop whose index is in a cluster, under names that begin so. */
export function onElasticsearch(nodes: readonly string[], prefix: string): Readonly<Record<string, string>> {
  return { MEDLEY_INDEX: 'elasticsearch', ELASTICSEARCH_URL: nodes.join(','), ELASTICSEARCH_PREFIX: prefix };
}
