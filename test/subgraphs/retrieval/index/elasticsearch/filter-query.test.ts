import { describe, expect, it } from '@jest/globals';
import { indexedFields } from '../../../../../subgraphs/retrieval/index/elasticsearch/field-names.ts';
import { toQuery } from '../../../../../subgraphs/retrieval/index/elasticsearch/filter-query.ts';

const fields = indexedFields({ 'a b': 'string', 'a-b': 'string', price: 'number', made: 'date', inStock: 'boolean' });

describe('a filter as a query', () => {
  it('tells fields apart whose names are written alike', () => {
    const names = [...fields.values()].flatMap(({ words, number }) => [words, ...(number ? [number] : [])]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => /^\w+$/.test(name))).toBe(true);
  });

  it('heeds all four bounds of a range, and those that are infinite', () => {
    const number = fields.get('price')?.number ?? '';
    const range = (bound: object) => ({ range: { [number]: bound } });
    const filter = [{ exists: { field: number } }, range({ gte: 2 }), range({ gt: 1 }), range({ lt: 9 })];
    const bounds = { gte: 2, gt: 1, lte: Infinity, lt: 9 };
    expect(toQuery({ field: 'price', range: bounds }, fields)).toEqual({ bool: { filter } });
    expect(toQuery({ field: 'price', range: { gt: Infinity } }, fields)).toEqual({ match_none: {} });
  });

  it('lets nothing pass that has no order to be in a range of', () => {
    expect(toQuery({ field: 'inStock', range: { gte: 0 } }, fields)).toEqual({ match_none: {} });
  });
});
