import { randomUUID } from 'node:crypto';
import type { estypes } from '@elastic/elasticsearch';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findCandidates } from '../../../../../subgraphs/retrieval/index/elasticsearch/candidates.ts';
import { Cluster } from '../../../../../subgraphs/retrieval/index/elasticsearch/cluster.ts';
import { suggestPhrases } from '../../../../../subgraphs/retrieval/index/elasticsearch/suggestions.ts';
import { openElasticsearchIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { VALUES } from '../../../../../subgraphs/retrieval/index/elasticsearch/field-names.ts';
import { keepFitting } from '../../../../../subgraphs/retrieval/index/elasticsearch/fittings.ts';
import { generationIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/generation-mapping.ts';
import { indexNames } from '../../../../../subgraphs/retrieval/index/elasticsearch/index-names.ts';
import { ensureNotes } from '../../../../../subgraphs/retrieval/index/elasticsearch/notes.ts';
import { synonymRules } from '../../../../../subgraphs/retrieval/index/synonym-rules.ts';
import { Synonyms } from '../../../../../subgraphs/retrieval/index/synonyms.ts';
import { publish } from '../../../../contracts/item-index/promises.ts';
import { head, row } from '../../../../contracts/item-index/samples.ts';
import { describeWithElasticsearch } from '../../../../support/elasticsearch.ts';
import { removeIndexes } from '../../../../support/remove-indexes.ts';

/** What suggestions and words were found by before words of phrases were looked up, and while synonyms were of the generation. */
const MAPPINGS = {
  properties: {
    id: { type: 'keyword' },
    title: { type: 'text', analyzer: 'whitespace', search_analyzer: 'asked' },
    terms: { type: 'text', analyzer: 'whitespace', search_analyzer: 'asked' },
    phrases: {
      type: 'keyword',
      fields: { starts: { type: 'text', analyzer: 'starts', search_analyzer: 'keyword' } },
    },
  },
} as const;
const ANALYSIS: estypes.IndicesIndexSettingsAnalysis = {
  filter: {
    starts: { type: 'edge_ngram', min_gram: 1, max_gram: 20 },
    synonyms: { type: 'synonym_graph', synonyms: ['cup, mug'] },
  },
  analyzer: {
    starts: { type: 'custom', tokenizer: 'keyword', filter: 'starts' },
    asked: { type: 'custom', tokenizer: 'whitespace', filter: 'synonyms' },
  },
};

describeWithElasticsearch('a generation that an earlier release built', (nodes) => {
  const index = `medley-test-${randomUUID()}`;
  const cluster = new Cluster({ nodes, patience: 60_000 });
  const generation = { head: head('earlier'), index, fields: new Map() };
  beforeAll(async () => {
    const document = { id: 'MUG-1', title: 'yellow mug', terms: 'yellow mug', phrases: ['yellow mug\u0000Yellow mug'] };
    await cluster.ask(async (client, sending) => {
      await client.indices.create({ index, settings: { analysis: ANALYSIS }, mappings: MAPPINGS }, sending);
      await client.index({ index, document, refresh: true }, sending);
    });
  });
  afterAll(async () => {
    await cluster.close();
    await removeIndexes(nodes, index);
  });

  it('suggests what begins so, and of later words nothing', async () => {
    const suggest = (prefix: string) => suggestPhrases(cluster, generation, { prefix, limit: 5 });
    expect(await suggest('yellow m')).toEqual(['Yellow mug']);
    for (const later of ['mu', 'mugg', 'yelow mugg']) expect(await suggest(later)).toEqual([]);
  });

  it('takes filters as items write the values, and live changes, until the next build', async () => {
    const prefix = `medley-test-${randomUUID()}`;
    const names = indexNames(prefix);
    const { settings, mappings } = generationIndex(head('old'), { shards: 1 });
    const { [VALUES]: _, ...properties } = mappings?.properties ?? {};
    await ensureNotes(cluster, names.notes);
    await keepFitting(cluster, names, head('old'));
    const made = { settings, mappings: { ...mappings, properties }, aliases: { [names.serving]: {} } };
    await cluster.ask((client, sending) => client.indices.create({ index: names.generation('old'), ...made }, sending));
    const { index: items, writer } = await openElasticsearchIndex({ nodes, prefix, patience: 60_000 });
    try {
      expect(await writer.upsert([row({ id: 'a', brand: 'Nike' })])).toEqual([]);
      const found = async (brand: string) =>
        (await items.browse({ filter: { field: 'brand', in: [brand] }, limit: 5 })).ids;
      expect([await found('Nike'), await found('nike')]).toEqual([['a'], []]);
      await publish(writer, [], 'new');
      await writer.upsert([row({ id: 'a', brand: 'Nike' })]);
      expect(await found('nike')).toEqual(['a']);
    } finally {
      await writer.close();
      await removeIndexes(nodes, `${prefix}*`);
    }
  });

  it('is read with the synonyms that are set now, and no longer with its own', async () => {
    const found = async (words: string, rules: string) => {
      const query = { words, synonyms: new Synonyms(synonymRules(rules)), probes: [], candidates: 5 };
      const { candidates } = await findCandidates({ cluster, scripts: true }, generation, query);
      return candidates.map(({ id }) => id);
    };
    expect(await found('cup', '')).toEqual([]);
    expect(await found('cup', 'cup, mug')).toEqual(['MUG-1']);
    expect(await found('beaker', 'beaker => yellow mug')).toEqual(['MUG-1']);
  });

  it('finds an item by its id', async () => {
    const query = { words: 'mug-1', probes: [], candidates: 5 };
    const { candidates } = await findCandidates({ cluster, scripts: true }, generation, query);
    expect(candidates).toMatchObject([{ id: 'MUG-1', named: true }]);
  });
});
