import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openElasticsearchIndex } from '../../../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import { openMemoryIndex } from '../../../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { synonymRules } from '../../../../../subgraphs/retrieval/index/synonym-rules.ts';
import { Synonyms } from '../../../../../subgraphs/retrieval/index/synonyms.ts';
import { publish } from '../../../../contracts/item-index/promises.ts';
import type { OpenIndex } from '../../../../contracts/item-index/promises.ts';
import { row } from '../../../../contracts/item-index/samples.ts';
import { describeWithElasticsearch } from '../../../../support/elasticsearch.ts';
import { removeIndexes } from '../../../../support/remove-indexes.ts';

const RULES = `
  sofa, couch, corner seat
  shirt, blouse
  telly => television, tv set
  sun glasses case, etui
`;

const TITLES = [
  'Red sofa',
  'Blue couch with a corner seat',
  'Seat',
  'T-shirt',
  'Silk blouse',
  'Red shirt',
  'Television',
  'TV set for the corner',
  'Telly',
  'Etui',
  'Sunglasses case',
  'Case',
];

describeWithElasticsearch('the index in Elasticsearch', (nodes) => {
  const prefix = `medley-test-${randomUUID()}`;
  const synonyms = new Synonyms(synonymRules(RULES));
  let opened: readonly OpenIndex[];
  beforeAll(async () => {
    opened = [await openElasticsearchIndex({ nodes, prefix, patience: 30_000 }), openMemoryIndex()];
    const rows = TITLES.map((title, at) => row({ id: `t${at}`, title }));
    for (const { writer } of opened) await publish(writer, rows);
  });
  afterAll(async () => {
    for (const { writer } of opened) await writer.close();
    await removeIndexes(nodes, `${prefix}*`);
  });

  it.each([
    'red couch',
    'corner seat',
    't shirt',
    'red t-shirt blouse',
    'telly in red',
    'sun glasses case',
    'sun glasses',
    'sofa settee',
    'sofs telly',
  ])('scores synonyms, compounds and slips of "%s" as the twin does', async (words) => {
    const [found, same] = await Promise.all(
      opened.map(({ index }) => index.candidates({ words, synonyms, probes: [], candidates: 20 })),
    );
    expect(same?.candidates.length).toBeGreaterThan(0);
    expect(found?.candidates.map(({ id }) => id)).toEqual(same?.candidates.map(({ id }) => id));
    found?.candidates.forEach(({ lexical }, at) => expect(lexical).toBeCloseTo(same?.candidates[at]?.lexical ?? -1, 4));
    expect(found?.idfSum).toBeCloseTo(same?.idfSum ?? -1, 6);
    expect(found?.standIns).toEqual(same?.standIns);
  });
});
