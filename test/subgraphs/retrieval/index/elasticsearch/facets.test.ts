import { afterEach, describe, expect, it } from '@jest/globals';
import { Cluster } from '../../../../../subgraphs/retrieval/index/elasticsearch/cluster.ts';
import { countFacets } from '../../../../../subgraphs/retrieval/index/elasticsearch/facets.ts';
import { indexedFields } from '../../../../../subgraphs/retrieval/index/elasticsearch/field-names.ts';
import { FIELDS, head } from '../../../../contracts/item-index/samples.ts';
import { openStubCluster } from './stub-cluster.ts';
import type { StubCluster } from './stub-cluster.ts';

let stub: StubCluster;
let cluster: Cluster;

afterEach(async () => {
  await cluster.close();
  await stub.close();
});

const GENERATION = { index: 'items', head: head('first'), fields: indexedFields(FIELDS) };
const BRANDS = { buckets: [{ key: 'Élan', doc_count: 3 }] };

async function open(answer: object): Promise<void> {
  stub = await openStubCluster({ 'POST /items/_search': { body: answer } });
  cluster = new Cluster({ nodes: [stub.url], patience: 30_000 });
}

const count = () =>
  countFacets(cluster, GENERATION, [
    { field: 'brand', limit: 5 },
    { field: 'brand', limit: 5, filter: { field: 'inStock', in: ['true'] }, also: ['Nova'] },
    { field: 'price', limit: 5, ranges: [{ lt: 10 }] },
  ]);

describe('the facets of a cluster', () => {
  it('are counted in one search that asks for no items', async () => {
    await open({ timed_out: false, _shards: { failed: 0 }, aggregations: { filter_0: { facet_0: BRANDS } } });
    const { counts, partial } = await count();
    expect([counts[0]?.values.get('Élan'), partial]).toEqual([3, undefined]);
    expect(stub.asked).toEqual(['POST /items/_search']);
    expect(JSON.parse(stub.bodies('POST /items/_search')[0] ?? '')).toMatchObject({ size: 0, track_total_hits: false });
  });

  it.each([
    ['late', { timed_out: true, _shards: { failed: 0 } }],
    ['lost', { timed_out: false, _shards: { failed: 1 } }],
  ])('are partial where some of it is %s, and those that never came are none', async (_, answer) => {
    await open({ ...answer, aggregations: { filter_0: { facet_0: BRANDS } } });
    const { counts, partial } = await count();
    expect(partial).toBe(true);
    expect(counts.map(({ values, ranges }) => [[...values], ranges])).toEqual([
      [[['Élan', 3]], []],
      [[], []],
      [[], [0]],
    ]);
  });
});
