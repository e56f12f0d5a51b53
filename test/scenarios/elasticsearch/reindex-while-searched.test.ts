import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openElasticsearchIndex } from '../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { publish } from '../../contracts/item-index/promises.ts';
import type { OpenIndex } from '../../contracts/item-index/promises.ts';
import { DIMS, shop, vector } from '../../contracts/item-index/samples.ts';
import { describeWithElasticsearch } from '../../support/elasticsearch.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';

const CLIENTS = 20;

describeWithElasticsearch('indexing a catalogue again while it is searched', (nodes) => {
  const prefix = `medley-test-${randomUUID()}`;
  let opened: OpenIndex;
  beforeAll(async () => {
    opened = await openElasticsearchIndex({ nodes, prefix, patience: 30_000 });
    await publish(opened.writer, shop(200), 'old');
  });
  afterAll(async () => {
    await opened.writer.close();
    await removeIndexes(nodes, `${prefix}*`);
  });

  it('fails no search, and none is answered from two catalogues', async () => {
    const { index, writer } = opened;
    const published = new AbortController();
    const counts = new Set<number>();
    const client = async (seed: number): Promise<void> => {
      const probes = [{ column: 'text' as const, vector: vector(seed, DIMS.text), weight: 1 }];
      while (!published.signal.aborted) {
        // Every item has the word.
        const { candidates } = await index.candidates({ words: 'street', probes, candidates: 500 });
        counts.add(candidates.length);
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, seed) => client(seed));
    await publish(writer, shop(300), 'young');
    await publish(writer, shop(400), 'third');
    published.abort();
    await Promise.all(clients);
    expect([...counts].filter((count) => ![200, 300, 400].includes(count))).toEqual([]);
    expect(index.head()).toMatchObject({ id: 'third', items: 400 });
  });
});
