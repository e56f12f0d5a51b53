import { describe, it } from '@jest/globals';
import { environment } from '../../src/runtime/environment.ts';

/** Tests that need Elasticsearch: those at ELASTICSEARCH_URL where it is set, else they are skipped with one line. */
export function describeWithElasticsearch(name: string, tests: (nodes: readonly string[]) => void): void {
  const { ELASTICSEARCH_URL: url } = environment();
  if (url === undefined) {
    describe(name, () => {
      it.todo('needs Elasticsearch: set ELASTICSEARCH_URL, or MEDLEY_TEST_SERVERS=on to have one started');
    });
    return;
  }
  describe(name, () => {
    tests(url.split(','));
  });
}
