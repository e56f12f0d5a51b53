import { describe, expect, it } from '@jest/globals';
import { SearchTally } from '../../../../subgraphs/retrieval/searched/search-tally.ts';
import { searchesReport } from '../../../../subgraphs/retrieval/searched/searches-report.ts';
import type { QueryReport } from '../../../../subgraphs/retrieval/searched/query-report.ts';
import { logged, reportOf, times } from './logged.ts';

const queries = (list: readonly QueryReport[]): readonly string[] => list.map(({ query }) => query);
const NONE = { value: 0, relation: 'EXACT' } as const;
const SOME = { value: 40, relation: 'AT_LEAST' } as const;

describe('the report of all searches', () => {
  it('tells how many there were, what they found and what came of them', () => {
    const report = reportOf([
      logged('rug', { chosen: [2, 5], viewer: 1 }),
      logged('rug', { chosen: [1], viewer: 2 }),
      logged('kicks', { found: { by: 'LIKENESS', total: SOME, unread: ['kicks'] }, viewer: 1 }),
      logged('xqz', { found: { by: 'NOTHING', total: NONE, unread: ['xqz'] }, shown: [], viewer: 1 }),
    ]);
    expect(report).toMatchObject({
      searches: 4,
      queries: 3,
      viewers: 2,
      zeroResultRate: 1 / 4,
      likenessAloneRate: 1 / 4,
      unknownWordRate: 1 / 2,
      clickThroughRate: 1 / 2,
      meanReciprocalRank: (1 / 2 + 1) / 4,
    });
  });

  it('counts a narrowed search as one, but not against its words that it found nothing', () => {
    const narrowed = { alone: false, found: undefined, shown: [] };
    const report = reportOf([logged('rug'), ...times(3, () => logged('rug', narrowed))]);
    expect(report).toMatchObject({ searches: 4, zeroResultRate: 0, forSynonyms: [] });
    expect(reportOf([logged('rug', narrowed)])).toMatchObject({ searches: 1, zeroResultRate: null });
  });

  it('gives no rates of choices where none is known', () => {
    const report = reportOf(times(30, () => logged('rug')));
    expect(report).toMatchObject({ clickThroughRate: null, meanReciprocalRank: null, chosenLess: [] });
    expect(report.mostSearched).toMatchObject([{ clickThroughRate: null, choices: null, coec: null }]);
  });

  it('counts only who is named, and says what else there was', () => {
    const tally = new SearchTally();
    const others = { browses: 3, pictures: 2, nobodys: 5 };
    tally.take({ searches: [logged('rug'), logged('rug', { known: false, chosen: [1] })], others });
    tally.end();
    expect(searchesReport(tally, { leastViewers: 1, limit: 9 })).toMatchObject({
      searches: 1,
      notCounted: { typedOn: 0, unnamed: 6, browses: 3, withPictures: 2 },
    });
  });

  it('of nothing says nothing', () => {
    expect(reportOf([])).toMatchObject({
      searches: 0,
      from: null,
      until: null,
      zeroResultRate: null,
      mostSearched: [],
    });
  });
});

describe('the lists of queries', () => {
  it('leave out what few viewers searched, however often they did, and say how much that is', () => {
    const searches = [...times(50, () => logged('my own name', { viewer: 7 })), ...times(5, () => logged('rug'))];
    const report = reportOf(searches, { leastViewers: 5 });
    expect(JSON.stringify(report)).not.toContain('my own name');
    expect(report).toMatchObject({ searches: 55, leftOut: { leastViewers: 5, queries: 1, searches: 50 } });
    expect(queries(report.mostSearched)).toEqual(['rug']);
  });

  it('begin with what is searched most, and are no longer than was asked', () => {
    const searches = ['rug', 'lamp', 'mug'].flatMap((query, n) => times(n + 1, () => logged(query)));
    expect(queries(reportOf(searches, { limit: 2 }).mostSearched)).toEqual(['mug', 'lamp']);
  });

  it('tell of a query what it finds now, how it was read and where its choices stood', () => {
    const report = reportOf([
      logged('red shrit', { found: { by: 'NOTHING', total: NONE, unread: ['shrit'] }, shown: [] }),
      logged('red shrit', { words: 'red shirt', chosen: [1, 4] }),
      logged('red shrit', { words: 'red shirt', chosen: [], alone: false, found: undefined }),
    ]);
    expect(report.mostSearched).toMatchObject([
      {
        query: 'red shrit',
        readAs: 'red shirt',
        searches: 3,
        viewers: 3,
        found: 'WORDS',
        hits: { value: 10, relation: 'EXACT' },
        clickThroughRate: 1 / 3,
        meanPosition: 2.5,
      },
    ]);
    expect(report.forSynonyms).toEqual([]);
  });

  it('ask for synonyms where nothing is found, where likeness alone finds, and where a word is in no item', () => {
    const report = reportOf([
      ...times(4, () => logged('xqz', { found: { by: 'NOTHING', total: NONE, unread: ['xqz'] } })),
      ...times(3, () => logged('kicks', { found: { by: 'LIKENESS', total: SOME, unread: [] } })),
      ...times(2, () => logged('red settee', { found: { by: 'WORDS', total: SOME, unread: ['settee'] } })),
      logged('rug'),
    ]);
    expect(queries(report.forSynonyms)).toEqual(['xqz', 'kicks', 'red settee']);
  });
});

describe('a query that is chosen from less than its positions let expect', () => {
  const usual = times(40, (n) => logged(`usual ${n % 4}`, { chosen: n % 2 === 0 ? [1] : [2] }));

  it('is told, that first from which most choices are missing', () => {
    const report = reportOf([...usual, ...times(12, () => logged('bad')), ...times(30, () => logged('worse'))]);
    expect(queries(report.chosenLess)).toEqual(['worse', 'bad']);
    expect(report.chosenLess[0]).toMatchObject({ choices: 0, clickThroughRate: 0 });
  });

  it('is not told from rare evidence', () => {
    expect(reportOf([...usual, ...times(4, () => logged('rare'))]).chosenLess).toEqual([]);
  });

  it('is not told where it stands as low as it is chosen', () => {
    const low = (position: number) => ({ shown: [{ item: 'a', position, worth: 0 }] });
    expect(reportOf([...usual, ...times(50, () => logged('low', low(9)))]).chosenLess).toEqual([]);
  });

  it('is not told for what viewers did who narrowed or ordered it themselves', () => {
    const narrowed = times(50, () => logged('narrowed', { alone: false, found: undefined }));
    expect(reportOf([...usual, ...narrowed]).chosenLess).toEqual([]);
  });

  it('counts a purchase as one choice, as a click', () => {
    const clicked = times(20, () => logged('clicked', { shown: [{ item: 'a', position: 1, worth: 1 }] }));
    const bought = times(20, () => logged('bought', { shown: [{ item: 'a', position: 1, worth: 8 }] }));
    const [one, other] = reportOf([...clicked, ...bought]).mostSearched;
    expect(one?.choices).toBe(20);
    expect(one?.coec).toBe(other?.coec);
  });
});
