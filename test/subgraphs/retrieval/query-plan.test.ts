import { beforeAll, describe, expect, it } from '@jest/globals';
import { hashingEncoders } from '../../support/shop.ts';
import type { EncodedPart } from '../../../src/vocabulary/encoding.ts';
import type { SearchQuery } from '../../../src/vocabulary/search-request.ts';
import { fit } from '../../../subgraphs/retrieval/catalogue/fitting/fit.ts';
import { itemRows } from '../../../subgraphs/retrieval/catalogue/item-rows.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { planSearch } from '../../../subgraphs/retrieval/query-plan.ts';
import { servingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import type { ServingIndex } from '../../../subgraphs/retrieval/serving-index.ts';

const { text } = hashingEncoders();

let index: ServingIndex;
let part: EncodedPart;
beforeAll(async () => {
  const [vector] = await text.encode([{ text: 'red mug', role: 'query' }]);
  if (!(vector instanceof Float32Array)) throw new Error('no vector');
  part = { modality: 'TEXT', space: text.space, weight: 1, vector };
  const sample = { title: vector, queries: [] };
  const fitting = fit({ textSpace: text.space, imageSpace: 'looks@1', blocks: [], items: [sample, sample] });
  const memory = openMemoryIndex();
  const item = { id: 'mug', title: 'red mug', category: [], images: [], attributes: {} };
  const build = await memory.writer.build({
    id: 'g',
    createdAt: new Date().toISOString(),
    catalogue: 'shop',
    textSpace: text.space,
    imageSpace: 'looks@1',
    dims: { text: text.dims, ...fitting.dims },
    fields: {},
    fitting: fitting.toBytes(),
  });
  await build.write(await itemRows([{ item, encodings: { title: vector } }], fitting));
  await build.publish();
  index = servingIndex(memory.index);
});

const asked = { parts: [{ kind: 'TEXT', text: 'red mug', weight: 1 }] } as unknown as SearchQuery;
const plan = async (...parts: readonly EncodedPart[]) => {
  const { probes, degradations } = await planSearch(asked, { parts, tilt: {} }, index);
  const lost = degradations.map(({ code }) => code).filter((code) => code !== 'ROUTE_MISSING');
  return { compared: probes.filter(({ signal }) => signal === 'TEXT').map(({ vector }) => vector), lost };
};

describe('a query that was encoded by several models', () => {
  it('is compared by the one that the generation was made with, and misses nothing', async () => {
    const other = { ...part, space: 'another@1', vector: part.vector.map((x) => -x) };
    const alone = await plan(part);
    expect(alone).toMatchObject({ compared: [expect.anything()], lost: [] });
    expect(await plan(other, part)).toEqual(alone);
  });

  it('is never compared by another one, and says so', async () => {
    expect(await plan({ ...part, space: 'another@1' })).toEqual({ compared: [], lost: ['SPACE_MISMATCH'] });
    expect(await plan()).toEqual({ compared: [], lost: ['VECTOR_REFUSED'] });
  });
});
