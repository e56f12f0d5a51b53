import { randomUUID } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { openElasticsearchIndex } from '../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { describeWithElasticsearch, removeIndexes } from '../support/elasticsearch.ts';
import { describeItemIndex } from './describe-item-index.ts';

describeWithElasticsearch('an index in Elasticsearch', (nodes) => {
  const prefix = `medley-test-${randomUUID()}`;
  let opened = 0;
  const open = (scripts?: boolean) => () =>
    openElasticsearchIndex({ nodes, prefix: `${prefix}-${opened++}`, patience: 30_000, scripts });
  afterAll(() => removeIndexes(nodes, `${prefix}-*`));

  describeItemIndex('elasticsearch', { open: open() });
  describeItemIndex('elasticsearch without scripts', { open: open(false) });
});
