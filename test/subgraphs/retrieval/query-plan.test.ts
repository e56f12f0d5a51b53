import { beforeAll, describe, expect, it } from '@jest/globals';
import { hashingEncoders } from '../../support/shop.ts';
import type { EncodedPart } from '../../../src/vocabulary/encoding.ts';
import type { SearchQuery } from '../../../src/vocabulary/search-request.ts';
import { WordVectors } from '../../../subgraphs/retrieval/catalogue/fitting/word-vectors.ts';
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
  const sample = { says: { title: 'red mug' }, title: vector, queries: [] };
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

describe('words that a trained bridge knows by themselves', () => {
  let looks: (texts: readonly string[], parts: readonly EncodedPart[]) => Promise<readonly (readonly number[])[]>;
  beforeAll(() => {
    const textCentre = new Float32Array(text.dims);
    const words = new WordVectors(
      ['red', 'mug'],
      Float32Array.from({ length: 2 * text.dims }, (_, i) => i % 7),
    );
    const bridge = { map: 'identity', textCentre, words } as const;
    const { fitting, head } = index.serving();
    const bridged = { ...index, serving: () => ({ fitting: fitting.with({ bridge }), head }) };
    looks = async (texts, parts) => {
      const request = { parts: texts.map((said) => ({ kind: 'TEXT', text: said, weight: 1 })) };
      const { probes } = await planSearch(request as unknown as SearchQuery, { parts, tilt: {} }, bridged);
      return probes.filter(({ column }) => column === 'bridged').map(({ vector }) => [...vector]);
    };
  });

  it('are those of the part that they were sent with', async () => {
    const [red] = await looks(['red'], [part]);
    const [blue] = await looks(['blue'], [part]);
    expect(red).not.toEqual(blue);
    expect(await looks(['blue', ' ', 'red'], [part, part])).toEqual([blue, red]);
  });

  it('do not count where a part was lost, and nobody can tell which', async () => {
    expect(await looks(['red', 'blue'], [part])).toEqual(await looks(['blue'], [part]));
  });
});

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
