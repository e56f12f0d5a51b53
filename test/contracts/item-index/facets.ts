import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { ItemFilter, Range } from '../../../src/vocabulary/item-filter.ts';
import type { FacetCounts, FacetQuery, ItemRow } from '../../../subgraphs/retrieval/index/item-index.ts';
import { countsOf } from './counted.ts';
import { publish } from './promises.ts';
import type { OpenIndex, Promises } from './promises.ts';
import { FIELDS, row, shop } from './samples.ts';

const ROWS = shop(120);

/** The order of values counts, too, which maps do not compare. */
const inOrder = (counts: readonly FacetCounts[]) =>
  counts.map(({ values, ranges, bounds }) => [[...values], ranges, bounds]);

async function expectCounts({ index }: OpenIndex, rows: readonly ItemRow[], queries: readonly FacetQuery[]) {
  const counted = await index.facets(queries);
  expect(counted.partial ?? false).toBe(false);
  expect(inOrder(counted.counts)).toEqual(inOrder(queries.map((query) => countsOf(rows, query))));
}

const WEAR: ItemFilter = { field: 'category', in: ['Wear'] };
const SOME: ItemFilter = { and: [WEAR, { not: { field: 'brand', in: ['Élan'] } }] };

const bound = fc.option(fc.oneof(fc.integer({ min: -5, max: 45 }), fc.constantFrom(Infinity, -Infinity, 0.5)), {
  nil: undefined,
});
const anyRange: fc.Arbitrary<Range> = fc.record({ gte: bound, gt: bound, lte: bound, lt: bound });
const anyFilter = fc.constantFrom<ItemFilter | undefined>(
  undefined,
  WEAR,
  SOME,
  { ids: ['item-0001', 'item-0050', 'nobody'] },
  { field: 'price', range: { gte: 10, lt: 30 } },
  { or: [] },
);
const someValues = fc.oneof(
  fc.record({ matching: fc.constantFrom('el', 'ÉL', 'wa', 'Nordic w', 'l', '', "o'b", 'b', '"q', '2026', '(.*') }),
  fc.record({ under: fc.constantFrom('', 'Home', 'hOme', 'Wear', 'Home > Wear') }),
  fc.constant({}),
);
const anyQuery: fc.Arbitrary<FacetQuery> = fc
  .tuple(
    fc.record(
      {
        field: fc.constantFrom(...Object.keys(FIELDS)),
        filter: anyFilter,
        limit: fc.integer({ min: 1, max: 30 }),
        also: fc.subarray(['éLAN', 'living', 'LIVING', 't5', '39', 'true', 'nobody', '', '("']),
        ranges: fc.array(anyRange, { maxLength: 4 }),
      },
      { requiredKeys: ['field', 'limit'] },
    ),
    someValues,
  )
  .map(([query, values]) => ({ ...query, ...values }));

const fourOf = (brand: string): readonly string[] => Array.from({ length: 4 }, () => brand);

/** How fields are counted over all items that pass a filter. */
export const FACETS: Promises = {
  'counts the values of every kind of field, most common first and ties by value': async (opened) => {
    await publish(opened.writer, ROWS);
    await expectCounts(
      opened,
      ROWS,
      Object.keys(FIELDS).map((field) => ({ field, limit: 200 })),
    );
    const { counts } = await opened.index.facets([{ field: 'inStock', limit: 5 }]);
    expect([...(counts[0]?.values ?? [])]).toEqual([
      ['true', 90],
      ['false', 30],
    ]);
  },

  'counts what it is asked under the filter of each query': async (opened) => {
    await publish(opened.writer, ROWS);
    await fc.assert(
      fc.asyncProperty(fc.array(anyQuery, { maxLength: 5 }), (queries) => expectCounts(opened, ROWS, queries)),
      { numRuns: 60 },
    );
  },

  'counts an item once for each of its values, however often it has them': async (opened) => {
    const rows = [
      row({ id: 'a', category: ['Home', 'Home', 'Garden'], attributes: { tags: ['x', 'x'] } }),
      row({ id: 'b', category: ['Home'], attributes: { tags: ['y', 'x'] } }),
      row({ id: 'c' }),
    ];
    await publish(opened.writer, rows);
    await expectCounts(opened, rows, [
      { field: 'category', limit: 5 },
      { field: 'tags', limit: 5 },
      { field: 'brand', limit: 5 },
    ]);
  },

  'cuts equally common values off in the order of their text, whatever letters they are of': async (opened) => {
    const brands = ['zeta', 'Zeta', 'Ünal', '😀', '｡half', 'öst', '10', '9', ' ', 'zz'];
    const rows = brands.map((brand, at) => row({ id: `item-${at}`, brand }));
    await publish(opened.writer, rows);
    for (let limit = 1; limit <= brands.length; limit++)
      await expectCounts(opened, rows, [{ field: 'brand', limit, also: ['zz'] }]);
  },

  'counts what is wanted besides however it is written, in letters of either case': async (opened) => {
    const brands = ['zeta', 'zeta', 'Zeta', 'öST', 'Öst', "O'NEILL (uk)", 'y'.repeat(999), ...fourOf('alpha')];
    const rows = brands.map((brand, at) => row({ id: `item-${at}`, brand, groupId: brand }));
    await publish(opened.writer, rows);
    const also = ['ZETA', 'ÖsT', "o'neill (UK)", 'y'.repeat(999), 'nobody'];
    await expectCounts(opened, rows, [
      { field: 'brand', limit: 1, also },
      { field: 'groupId', limit: 1, also },
      { field: 'brand', limit: 1, also: Array.from({ length: 300 }, (_, at) => `Some brand ${at}`).concat('zETA') },
    ]);
    const { counts } = await opened.index.facets([{ field: 'brand', limit: 1, also: ['ZETA'] }]);
    expect([...(counts[0]?.values ?? [])]).toEqual([
      ['alpha', 4],
      ['zeta', 3],
    ]);
  },

  'counts words in letters of either case as one value, in the way that most items write it': async (opened) => {
    const colours = [
      ['White'],
      ['white', 'red'],
      ['White', 'white', 'WHITE'],
      ['White'],
      ['red'],
      ['RED'],
      ['Red', 'RED'],
    ];
    const rows = colours.map((tags, at) =>
      row({ id: `item-${at}`, attributes: { tags }, brand: at < 3 ? 'Nova' : 'nova', groupId: at < 5 ? 'one' : 'ONE' }),
    );
    await publish(opened.writer, rows);
    await expectCounts(opened, rows, [
      { field: 'tags', limit: 1 },
      { field: 'tags', limit: 9 },
      { field: 'tags', limit: 1, also: ['rED', 'wHITE'] },
      { field: 'tags', limit: 9, filter: { field: 'tags', in: ['RED'] } },
      { field: 'brand', limit: 9 },
      { field: 'groupId', limit: 9 },
    ]);
    const { counts } = await opened.index.facets([{ field: 'tags', limit: 9, perGroup: 1 }]);
    expect([...(counts[0]?.values ?? [])]).toEqual([
      ['RED', 2],
      ['White', 1],
    ]);
  },

  'counts a value in ways that few items write, of a field of very many values': async (opened) => {
    const brands = Array.from({ length: 300 }, (_, at) => `Brand ${at}`);
    const rows = [...brands, ...brands, ...fourOf('White'), 'WHITE', 'wHITE'].map((brand, at) =>
      row({ id: `item-${at}`, brand }),
    );
    await publish(opened.writer, rows);
    await expectCounts(opened, rows, [{ field: 'brand', limit: 3 }]);
  },

  'counts the items within ranges, of numbers and of dates': async (opened) => {
    await publish(opened.writer, ROWS);
    const day = (n: number): number => Date.UTC(2026, 0, n);
    const ranges = [{ lt: 10 }, { gte: 10, lt: 20 }, { gte: 10, lt: 20 }, { gte: -Infinity, lt: Infinity }, {}];
    await expectCounts(opened, ROWS, [
      { field: 'price', limit: 1, ranges },
      { field: 'createdAt', limit: 1, ranges: [{ gte: day(3), lt: day(9) }, { gte: day(9) }], filter: WEAR },
      { field: 'brand', limit: 1, ranges },
      { field: 'price', limit: 1, ranges: [] },
    ]);
  },

  'counts as many items as browsing finds': async ({ index, writer }) => {
    await publish(writer, ROWS);
    for (const filter of [undefined, WEAR, SOME]) {
      const [{ total }, { counts }] = await Promise.all([
        index.browse({ filter, limit: 1 }),
        index.facets([{ field: 'brand', limit: 9, filter }]),
      ]);
      expect([...(counts[0]?.values.values() ?? [])].reduce((sum, count) => sum + count, 0)).toBe(total);
    }
  },

  'counts what is there now: changed, new and without those that have gone': async (opened) => {
    const { writer } = opened;
    await publish(writer, ROWS);
    const [changed, fresh] = [row({ id: 'item-0003', brand: 'Nova' }), row({ id: 'new', brand: 'Nova' })];
    await writer.upsert([changed, fresh]);
    await writer.remove(['item-0006', 'item-0007']);
    const gone = ['item-0003', 'item-0006', 'item-0007'];
    const rows = [...ROWS.filter(({ item }) => !gone.includes(item.id)), changed, fresh];
    await expectCounts(opened, rows, [
      { field: 'brand', limit: 3 },
      { field: 'tags', limit: 20 },
    ]);
  },

  'counts nothing where nothing is asked, and names a field that the catalogue lacks': async ({ index, writer }) => {
    await expect(index.facets([{ field: 'brand', limit: 1 }])).rejects.toMatchObject({ code: 'NOT_READY' });
    await publish(writer, ROWS.slice(0, 5));
    expect(await index.facets([])).toEqual({ counts: [] });
    const unknown = { code: 'UNKNOWN_FIELD', message: expect.stringContaining('heelHeight') };
    await expect(index.facets([{ field: 'heelHeight', limit: 1 }])).rejects.toMatchObject(unknown);
    const filter = { field: 'heelHeight', in: ['high'] };
    await expect(index.facets([{ field: 'brand', limit: 1, filter }])).rejects.toMatchObject(unknown);
  },
};
