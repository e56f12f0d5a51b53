import { expect } from '@jest/globals';
import fc from 'fast-check';
import { passes } from '../../../src/vocabulary/item-filter.ts';
import type { ItemFilter } from '../../../src/vocabulary/item-filter.ts';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { DIMS, FIELDS, row, shop, vector } from './samples.ts';

const ROWS = shop(120);

/** Every shape of filter, over values that items have and values that none has. */
const anyFilter = fc.letrec<{ filter: ItemFilter }>((tie) => {
  const word = fc.oneof(
    fc.constantFrom(
      'red',
      "o'blue",
      'Ünï "quoted"',
      'Élan',
      'éLAN',
      'RED',
      'eur',
      'G1',
      'g1',
      'TRUE',
      '1E3',
      'Wear',
      'true',
      'false',
      'EUR',
      '12',
      '7',
      't3',
      '\\',
      "'",
    ),
    fc.string(),
  );
  const bound = fc.option(
    fc.oneof(fc.integer({ min: -5, max: 45 }), fc.double({ noNaN: true }), fc.constant(Date.UTC(2026, 0, 9))),
    { nil: undefined },
  );
  const field = fc.constantFrom(...Object.keys(FIELDS));
  const several = fc.array(tie('filter'), { maxLength: 3 });
  return {
    filter: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'filter' },
      fc.record({ field, in: fc.array(word, { maxLength: 3 }) }),
      fc.record({ field, range: fc.record({ gte: bound, gt: bound, lte: bound, lt: bound }) }),
      fc.record({ ids: fc.subarray(['item-0000', 'item-0007', 'item-0050', 'nobody', "it's"]) }),
      fc.record({ and: several }),
      fc.record({ or: several }),
      fc.record({ not: tie('filter') }),
    ),
  };
}).filter;

export const FILTERS: Promises = {
  'means by a filter exactly what the vocabulary means, by words, by looks and in browsing': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    const probes = [{ column: 'text', vector: vector(1, DIMS.text), weight: 1 }] as const;
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const ids = ROWS.filter(({ item }) => passes(item, filter)).map(({ item }) => item.id);
        // "street" is in every item, so words reach all that pass.
        const byWords = await index.candidates({ words: 'street', probes: [], filter, candidates: 500 });
        expect(byWords.candidates.map(({ id }) => id)).toEqual(ids);
        const byText = await index.candidates({ probes, filter, candidates: 500 });
        expect(byText.candidates.map(({ id }) => id)).toEqual(ids);
        expect(await index.browse({ filter, limit: 500 })).toMatchObject({ ids, total: ids.length });
      }),
      { numRuns: 150 },
    );
  },

  'finds what passes a rare filter, however far it is from the query': async ({ index, writer }) => {
    const near = vector(5, DIMS.text);
    const far = { text: near.map((x) => -x), bridged: null, looks: null };
    const rows = Array.from({ length: 60 }, (_, at) => ({
      ...row({ id: `near-${at}`, title: 'lamp lamp lamp' }),
      vectors: { text: near, bridged: null, looks: null },
    }));
    const rare = { ...row({ id: 'rare', title: 'An old lamp', attributes: { colour: 'gold' } }), vectors: far };
    await publish(writer, [...rows, rare]);
    const filter = { field: 'colour', in: ['gold'] };
    const probes = [{ column: 'text', vector: near, weight: 1 }] as const;
    for (const query of [{ probes }, { words: 'lamp', probes: [] }, { words: 'lamp', probes }]) {
      const { candidates } = await index.candidates({ ...query, filter, candidates: 2 });
      expect(candidates.map(({ id }) => id)).toEqual(['rare']);
    }
  },

  'finds words in letters of either case, and ids as they are written': async ({ index, writer }) => {
    await publish(writer, [
      row({ id: 'a', brand: 'Nike', groupId: 'Run', attributes: { tags: ['ÜBER cool', 'x'] } }),
      row({ id: 'b', brand: 'NIKE', groupId: 'run', inStock: true, attributes: { size: 42 } }),
      row({ id: 'c', brand: 'Adidas', category: ['Home', 'Ski & Snow'] }),
    ]);
    await writer.upsert([row({ id: 'd', brand: 'nIkE' })]);
    const found = async (filter: ItemFilter) => (await index.browse({ filter, limit: 9 })).ids;
    expect(await found({ field: 'brand', in: ['nike'] })).toEqual(['a', 'b', 'd']);
    expect(await found({ not: { field: 'brand', in: ['NiKe', 'x'] } })).toEqual(['c']);
    expect(await found({ field: 'tags', in: ['über COOL'] })).toEqual(['a']);
    expect(await found({ or: [{ field: 'category', in: ['ski & snow'] }, { ids: ['a'] }] })).toEqual(['a', 'c']);
    expect(await found({ field: 'groupId', in: ['run'] })).toEqual(['b']);
    expect(await found({ field: 'size', in: ['42'] })).toEqual(['b']);
    expect(await found({ field: 'brand', in: ['nik'] })).toEqual([]);
    const { candidates } = await index.candidates({
      words: 'home',
      probes: [],
      filter: { field: 'brand', in: ['ADIDAS'] },
      candidates: 5,
    });
    expect(candidates.map(({ id }) => id)).toEqual(['c']);
  },

  'names a field that the catalogue lacks': async ({ index, writer }) => {
    await publish(writer, ROWS.slice(0, 5));
    const filter = { field: 'heelHeight', in: ['high'] };
    const asked = index.candidates({ words: 'street', probes: [], filter, candidates: 3 });
    await expect(asked).rejects.toMatchObject({
      code: 'UNKNOWN_FIELD',
      message: expect.stringContaining('heelHeight'),
    });
  },

  'follows an item that changes': async ({ index, writer }) => {
    await publish(writer, ROWS);
    const filter: ItemFilter = {
      and: [
        { field: 'price', range: { gte: 500 } },
        { field: 'colour', in: ['gold'] },
      ],
    };
    expect((await index.browse({ filter, limit: 5 })).ids).toEqual([]);
    const changed = {
      id: 'item-0003',
      title: 'boots',
      price: { amount: 500, currency: 'EUR' },
      attributes: { colour: 'gold' },
    };
    await writer.upsert([row(changed)]);
    const { candidates } = await index.candidates({ words: 'boots', probes: [], filter, candidates: 5 });
    expect(candidates.map(({ id }) => id)).toEqual(['item-0003']);
    expect((await index.browse({ filter, limit: 5 })).ids).toEqual(['item-0003']);
  },
};
