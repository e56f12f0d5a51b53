import { describe, expect, it } from '@jest/globals';
import { popularQueries } from '../../../../subgraphs/retrieval/searched/popular-queries.ts';
import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { logged, tallyOf, times } from './logged.ts';

const popularOf = (searches: readonly LoggedSearch[], asked = {}) =>
  popularQueries(tallyOf(searches), { leastViewers: 2, limit: 10, ...asked });

describe('popular queries', () => {
  it('are those of most viewers, however often one of them searches', () => {
    const searches = [
      ...times(9, () => logged('mug', { viewer: 1 })),
      logged('mug', { viewer: 2 }),
      ...times(3, () => logged('lamp')),
      ...times(3, () => logged('bag')),
      logged('my own name'),
    ];
    expect(popularOf(searches)).toEqual([
      { text: 'bag', viewers: 3 },
      { text: 'lamp', viewers: 3 },
      { text: 'mug', viewers: 2 },
    ]);
    expect(popularOf(searches, { limit: 1, leastViewers: 3 })).toEqual([{ text: 'bag', viewers: 3 }]);
  });

  it('are one with their slips, and told as they are meant', () => {
    const searches = [
      logged('black chair', { viewer: 1 }),
      logged('black chiar', { viewer: 1, words: 'black chair' }),
      logged('blakc chair', { viewer: 2, words: 'black chair' }),
      logged('black  chair', { viewer: 3 }),
    ];
    expect(popularOf(searches)).toEqual([{ text: 'black chair', viewers: 3 }]);
  });

  it('find items by each of their words, as far as is known now', () => {
    const total = { value: 10, relation: 'EXACT' } as const;
    const [likeness, partly] = [
      { by: 'LIKENESS', total, unread: [] },
      { by: 'WORDS', total, unread: ['settee'] },
    ] as const;
    const searches = [
      ...times(4, () => logged('kicks', { found: likeness })),
      ...times(4, () => logged('red settee', { found: partly })),
      ...times(4, () => logged('came in', { found: likeness })),
      logged('came in'),
      ...times(4, () => logged('sold out')),
      logged('sold out', { found: { by: 'NOTHING', total: { ...total, value: 0 }, unread: [] } }),
      ...times(4, () => logged('only narrowed', { found: undefined })),
    ];
    expect(popularOf(searches)).toEqual([{ text: 'came in', viewers: 5 }]);
  });
});
