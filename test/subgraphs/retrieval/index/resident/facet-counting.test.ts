import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_FIELDS } from '../../../../../src/vocabulary/item.ts';
import { countFacets } from '../../../../../subgraphs/retrieval/index/resident/facet-counting.ts';
import { FieldColumns } from '../../../../../subgraphs/retrieval/index/resident/field-columns.ts';
import { ResidentRows } from '../../../../../subgraphs/retrieval/index/resident/resident-rows.ts';

const ITEMS = 30_000;
const PRICES = 500;

describe('facets that count things', () => {
  it('count each item where each is a thing of its own, in as many ranges and facets as may be asked', () => {
    const rows = new ResidentRows();
    const fields = new FieldColumns(BUILT_IN_FIELDS, rows);
    for (let n = 0; n < ITEMS; n++) {
      const item = { id: `i${n}`, title: 'mug', groupId: `g${n}`, price: { amount: n % PRICES, currency: 'EUR' } };
      fields.set(rows.claim(item.id), { category: [], images: [], attributes: {}, ...item });
    }
    const ranges = Array.from({ length: 100 }, (_, from) => ({ gte: from, lt: from + 400 }));
    const query = { field: 'price', limit: 10, ranges, perGroup: 1 };
    const { counts } = countFacets(
      { fields },
      Array.from({ length: 30 }, () => query),
    );
    expect(new Set(counts.flatMap((told) => told.ranges))).toEqual(new Set([(ITEMS * 400) / PRICES]));
  });
});
