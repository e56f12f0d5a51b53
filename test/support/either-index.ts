import { randomUUID } from 'node:crypto';
import { afterAll, describe } from '@jest/globals';
import { describeWithElasticsearch, onElasticsearch } from './elasticsearch.ts';
import { removeIndexes } from './remove-indexes.ts';

/** Promises that hold whichever index a shop has: embedded, and on Elasticsearch under names of their own, where there is one. */
export function describeOnEitherIndex(name: string, holdsFor: (env: Readonly<Record<string, string>>) => void): void {
  describe(name, () => {
    holdsFor({});
  });
  describeWithElasticsearch(`${name} on Elasticsearch`, (nodes) => {
    const prefix = `medley-test-${randomUUID()}`;
    afterAll(() => removeIndexes(nodes, `${prefix}*`));
    holdsFor(onElasticsearch(nodes, prefix));
  });
}
