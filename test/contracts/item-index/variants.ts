import { expect } from '@jest/globals';
import fc from 'fast-check';
import { passes } from '../../../src/vocabulary/item-filter.ts';
import type { ItemFilter } from '../../../src/vocabulary/item-filter.ts';
import { fieldValues } from '../../../src/vocabulary/item.ts';
import type { FieldValue, Item } from '../../../src/vocabulary/item.ts';
import type { BrowseOrder, BrowsePage, FacetQuery } from '../../../subgraphs/retrieval/index/item-index.ts';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { row, shop } from './samples.ts';

/** Two of five items are of no group; groups have one to some ten variants. */
const ROWS = shop(120).map(({ item, vectors }, at) => ({
  item: at % 5 < 2 ? item : { ...item, groupId: `g${Math.floor(Math.sqrt(at * 7))}` },
  vectors,
}));
const ITEMS = ROWS.map(({ item }) => item);

const WEAR: ItemFilter = { field: 'category', in: ['Wear'] };

const anyOrder: fc.Arbitrary<BrowseOrder> = fc.record({
  field: fc.constantFrom('price', 'popularity', 'createdAt', 'brand', 'size'),
  direction: fc.constantFrom('ASC', 'DESC'),
});
const anyFilter = fc.constantFrom<ItemFilter | undefined>(
  undefined,
  WEAR,
  { not: WEAR },
  { field: 'groupId', in: ['g9', 'g20'] },
);

/** What a page has to be, item by item. */
function browsed({ filter, orders = [], limit, perGroup = 0 }: BrowsePage) {
  const inOrder = ITEMS.filter((item) => !filter || passes(item, filter)).sort((a, b) => {
    for (const { field, direction } of orders) {
      const [[one], [other]] = [fieldValues(a, field), fieldValues(b, field)];
      const order = compare(one, other, direction);
      if (order !== 0) return order;
    }
    return a.id < b.id ? -1 : 1;
  });
  const kept = firstOfGroups(inOrder, perGroup);
  return { ids: kept.slice(0, limit).map(({ id }) => id), total: kept.length };
}

function compare(a: FieldValue | undefined, b: FieldValue | undefined, direction: BrowseOrder['direction']): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a === b) return 0;
  return a < b === (direction === 'ASC') ? -1 : 1;
}

function firstOfGroups(items: readonly Item[], perGroup: number): readonly Item[] {
  if (perGroup === 0) return items;
  return items.filter(({ groupId }, at) => {
    const before = items.slice(0, at).filter((other) => groupId !== undefined && other.groupId === groupId);
    return before.length < perGroup;
  });
}

function countOf(items: readonly Item[], { filter, perGroup = 0 }: FacetQuery, has: (item: Item) => boolean): number {
  return firstOfGroups(
    items.filter((item) => (!filter || passes(item, filter)) && has(item)),
    perGroup,
  ).length;
}

/** How items of one group are browsed and counted. */
export const VARIANTS: Promises = {
  'browses so many variants of a group, the first in the order, and tells how many items that are': async ({
    index,
    writer,
  }) => {
    await publish(writer, ROWS);
    const anyPage = fc.record({
      filter: anyFilter,
      orders: fc.array(anyOrder, { maxLength: 2 }),
      limit: fc.constantFrom(1, 7, 50, 500),
      perGroup: fc.constantFrom(0, 1, 2, 5),
    });
    await fc.assert(
      fc.asyncProperty(anyPage, async (page) => {
        const found = await index.browse(page);
        expect(found).toMatchObject(browsed(page));
        expect(found.atLeast ?? false).toBe(false);
      }),
      { numRuns: 60 },
    );
  },

  'browses as many variants of a group as a profile says, however many': async ({ index, writer }) => {
    const ids = Array.from({ length: 130 }, (_, n) => `${n + 100}`);
    await publish(
      writer,
      ids.map((id) => row({ id, groupId: id < '225' ? 'one' : 'other' })),
    );
    const wanted = [...ids.slice(0, 110), ...ids.slice(125)];
    expect(await index.browse({ limit: 200, perGroup: 110 })).toMatchObject({ ids: wanted, total: wanted.length });
    expect(await index.browse({ limit: 20, perGroup: 5 })).toMatchObject({
      ids: [...ids.slice(0, 5), ...ids.slice(125)],
      total: 10,
    });
  },

  'takes a word for what it says, where it is how a number may be told': async ({ index, writer }) => {
    const brands = ['Infinity', 'Acme', undefined, '-Infinity', 'Zeta'];
    await publish(
      writer,
      brands.map((brand, at) => row({ id: `${at}`, brand, groupId: at % 2 === 0 ? `g${at}` : undefined })),
    );
    for (const [direction, ids] of [
      ['ASC', ['3', '1', '0', '4', '2']],
      ['DESC', ['4', '0', '1', '3', '2']],
    ] as const)
      expect((await index.browse({ orders: [{ field: 'brand', direction }], limit: 9, perGroup: 1 })).ids).toEqual(ids);
  },

  'counts a group once for each value and range, whichever of its variants have it': async ({ index, writer }) => {
    await publish(writer, ROWS);
    for (const filter of [undefined, WEAR])
      for (const field of ['brand', 'tags', 'colour', 'groupId', 'size']) {
        const query = { field, filter, limit: 200, perGroup: 1 };
        const { counts } = await index.facets([query]);
        const values = new Set(ITEMS.flatMap((item) => fieldValues(item, field).map(String)));
        const expected = [...values]
          .map(
            (value) =>
              [value, countOf(ITEMS, query, (item) => fieldValues(item, field).map(String).includes(value))] as const,
          )
          .filter(([, count]) => count > 0);
        expect(new Map(counts[0]?.values)).toEqual(new Map(expected));
      }
    const ranges = [{ lt: 10 }, { gte: 10, lt: 20 }, {}];
    const query = { field: 'price', limit: 1, ranges, perGroup: 1 };
    const { counts } = await index.facets([query]);
    expect(counts[0]?.ranges).toEqual(
      ranges.map((range) => countOf(ITEMS, query, (item) => passes(item, { field: 'price', range }))),
    );
  },

  'counts groups for fields of thousands of values, several at once': async ({ index, writer }) => {
    const items = Array.from({ length: 2000 }, (_, n) => ({ id: `${n}`, brand: `b${n}`, groupId: `g${n % 1500}` }));
    await publish(
      writer,
      items.map((item) => row(item)),
    );
    const fields = ['brand', 'groupId', 'brand'];
    const { counts } = await index.facets(fields.map((field) => ({ field, limit: 200, perGroup: 1 })));
    expect(counts.map(({ values }) => [values.size, new Set(values.values())])).toEqual(
      fields.map(() => [200, new Set([1])]),
    );
  },

  'counts no fewer than are there, and no more than have it, where several of a group count': async ({
    index,
    writer,
  }) => {
    await publish(writer, ROWS);
    const query = { field: 'brand', limit: 200, perGroup: 3 };
    const { counts } = await index.facets([query]);
    for (const [value, count] of counts[0]?.values ?? []) {
      expect(count).toBeGreaterThanOrEqual(countOf(ITEMS, query, ({ brand }) => brand === value));
      expect(count).toBeLessThanOrEqual(countOf(ITEMS, { ...query, perGroup: 0 }, ({ brand }) => brand === value));
    }
  },

  'takes groups in letters of another case for others, and what is of no group for no group': async ({
    index,
    writer,
  }) => {
    const groups = ['run', 'Run', undefined, 'run', undefined];
    await publish(
      writer,
      groups.map((groupId, at) => row({ id: `${at}`, groupId })),
    );
    expect(await index.browse({ limit: 9, perGroup: 1 })).toMatchObject({ ids: ['0', '1', '2', '4'], total: 4 });
  },

  'shows another variant first when the first has gone or left its group': async ({ index, writer }) => {
    await publish(
      writer,
      ['a', 'b', 'c'].map((id) => row({ id, groupId: 'one' })),
    );
    await writer.remove(['a']);
    expect(await index.browse({ limit: 9, perGroup: 1 })).toMatchObject({ ids: ['b'], total: 1 });
    await writer.upsert([row({ id: 'b', groupId: 'other' }), row({ id: 'd', groupId: 'one' })]);
    expect(await index.browse({ limit: 9, perGroup: 1 })).toMatchObject({ ids: ['b', 'c'], total: 2 });
  },
};
