import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSearch, readShelves, readSimilar } from '../../src/gateway/entry/read-request.ts';
import { readCursor, writeCursor } from '../../src/vocabulary/cursor.ts';

const SECRET = 'a secret of sixteen';
const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};
const search = (input: object, page: object = {}) => readSearch({ input, ...page }, SECRET);

describe('the front door', () => {
  it('reads an empty query as a wish to browse', () => {
    expect(search({ text: '   ' }).parts).toEqual([]);
  });

  it.each([
    ['QUERY_TOO_LONG', { text: 'x'.repeat(10_000) }],
    ['INVALID_WEIGHTS', { text: 'a', weights: { lexical: -1 } }],
    ['INVALID_WEIGHTS', { text: 'a', weights: { lexical: Number.NaN } }],
    ['INVALID_WEIGHTS', { text: 'a', weights: {} }],
    ['INVALID_WEIGHTS', { parts: [{ text: 'a', weight: Number.POSITIVE_INFINITY }] }],
    ['INVALID_INPUT', { parts: [{ text: 'a', itemId: '1', weight: 1 }] }],
    ['INVALID_INPUT', { parts: [{ weight: 1 }] }],
    ['INVALID_INPUT', { filter: { field: 'a' } }],
    ['INVALID_INPUT', { filter: { field: 'a', in: ['x'], ids: ['1'] } }],
    ['INVALID_INPUT', { minScore: 2 }],
    ['INVALID_INPUT', { parts: [{ imageUrl: '', weight: 1 }] }],
    ['INVALID_INPUT', { parts: [{ imageUrl: `https://${'x'.repeat(2048)}`, weight: 1 }] }],
    ['INVALID_INPUT', { text: 'mug', parts: [{ imageId: '', weight: 1 }] }],
    ['INVALID_INPUT', { parts: [{ imageId: 'x'.repeat(513), weight: 1 }] }],
    ['INVALID_INPUT', { parts: [{ itemId: ' ', weight: 1 }] }],
    ['INVALID_INPUT', { parts: [{ itemId: 'x'.repeat(513), weight: 1 }] }],
    ['INVALID_INPUT', { locale: 'x'.repeat(36) }],
    ['INVALID_INPUT', { filter: { ids: ['x'.repeat(513)] } }],
    ['INVALID_INPUT', { filter: { not: { field: 'brand', in: ['a', 'x'.repeat(513)] } } }],
    ['INVALID_INPUT', { filter: { field: 'x'.repeat(513), in: ['a'] } }],
    ['INVALID_INPUT', { facets: [{ field: 'x'.repeat(513) }] }],
    ['INVALID_INPUT', { sort: Array.from({ length: 11 }, () => ({ field: 'PRICE' })) }],
  ])('refuses with %s: %j', (expected, input) => {
    expect(code(() => search(input))).toBe(expected);
  });

  it('clamps the size of a page', () => {
    expect(search({ text: 'a' }, { first: 5000 }).first).toBe(100);
    expect(code(() => search({ text: 'a' }, { first: 0 }))).toBe('INVALID_INPUT');
  });

  it('tells a malformed cursor from one of another request', () => {
    const { queryId, hash } = search({ text: 'a' });
    const cursor = writeCursor({ queryId, hash, position: 20 }, SECRET);
    expect(search({ text: 'a' }, { after: cursor })).toMatchObject({ queryId, after: 20 });
    expect(code(() => search({ text: 'b' }, { after: cursor }))).toBe('CURSOR_MISMATCH');
    expect(code(() => search({ text: 'a' }, { after: 'nonsense' }))).toBe('CURSOR_MALFORMED');
    expect(
      code(() =>
        search({ text: 'a' }, { after: writeCursor({ queryId, hash, position: 20 }, 'another secret, longer') }),
      ),
    ).toBe('CURSOR_MALFORMED');
  });

  it('reads on in another locale, which changes no answer', () => {
    const { queryId, hash } = search({ text: 'a', locale: 'en' });
    const after = writeCursor({ queryId, hash, position: 20 }, SECRET);
    expect(search({ text: 'a', locale: 'de' }, { after })).toMatchObject({ queryId, locale: 'de', after: 20 });
  });

  it('gives a page of similar items its usual size where null is asked for', () => {
    expect(readSimilar({ input: { like: [{ id: 'a', weight: 1 }] }, first: null }, SECRET).first).toBe(12);
  });

  it('takes no cursor that was not signed', () => {
    fc.assert(fc.property(fc.string(), (text) => readCursor(text, SECRET) === undefined));
  });

  it('keeps shelves together and their order', () => {
    const shelves = readShelves({ input: { shelves: [{ kind: 'FOR_YOU' }, { kind: 'TRENDING', first: 3 }] } });
    expect(new Set(shelves.map(({ hash }) => hash)).size).toBe(1);
    expect(shelves.map(({ place, shelf }) => [place, shelf])).toEqual([
      [0, 'FOR_YOU'],
      [1, 'TRENDING'],
    ]);
  });

  it('wants something to be similar to, and something to look at, by an id', () => {
    expect(code(() => readSimilar({ input: { like: [] } }, SECRET))).toBe('INVALID_INPUT');
    for (const id of ['', 'x'.repeat(513)]) {
      const like = [{ id: 'i001', weight: 1 }];
      expect(code(() => readSimilar({ input: { like: [{ id, weight: 1 }] } }, SECRET))).toBe('INVALID_INPUT');
      expect(code(() => readSimilar({ input: { like, unlike: [{ id, weight: 1 }] } }, SECRET))).toBe('INVALID_INPUT');
      expect(code(() => readShelves({ input: { shelves: [{ kind: 'TRENDING' }], context: [id] } }))).toBe(
        'INVALID_INPUT',
      );
    }
  });
});
