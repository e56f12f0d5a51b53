import { randomUUID } from 'node:crypto';
import { openElasticsearchIndex } from '../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { describeWithElasticsearch } from '../support/elasticsearch.ts';
import { removeIndexes } from '../support/remove-indexes.ts';
import { describeItemIndex } from './describe-item-index.ts';
import type { OpenIndex } from './item-index/promises.ts';

describeWithElasticsearch('an index in Elasticsearch', (nodes) => {
  /** A fresh one, of which nothing is left when it is closed. */
  const open = (scripts?: boolean) => async (): Promise<OpenIndex> => {
    const prefix = `medley-test-${randomUUID()}`;
    const { index, writer } = await openElasticsearchIndex({ nodes, prefix, patience: 30_000, scripts });
    const close = async (): Promise<void> => {
      await writer.close();
      await removeIndexes(nodes, `${prefix}*`);
    };
    return { index, writer: { ...writer, close } };
  };

  describeItemIndex('elasticsearch', { open: open() });
  describeItemIndex('elasticsearch without scripts', { open: open(false) });
});
