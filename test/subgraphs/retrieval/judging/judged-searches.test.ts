import { describe, expect, it } from '@jest/globals';
import { judge } from '../../../../subgraphs/retrieval/judging/judge.ts';
import { JudgedSearches } from '../../../../subgraphs/retrieval/judging/judged-searches.ts';
import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { logged, times } from '../searched/logged.ts';

function judgedBy(searches: readonly LoggedSearch[]) {
  const own = new JudgedSearches();
  own.take({ searches: searches.toSorted((a, b) => b.at - a.at) });
  own.end();
  return { typedOn: own.typedOn, repeated: own.repeated, searches: own.searches, judging: judge(own.searches, 10) };
}

/** 40 viewers search for shoes; half of them choose what stands first, a quarter what stands second. */
const searches = times(40, (n) =>
  logged('red shoes', { at: n * 60_000, viewer: n, chosen: [...(n % 2 ? [1] : []), ...(n % 4 ? [] : [2])] }),
);
/** On a page that searches at every keystroke. */
const keystrokes = searches.flatMap(({ at, viewer }) =>
  ['red', 'red s', 'red sh', 'red sho', 'red shoe'].map((typed, i) =>
    logged(typed, { at: at - (5 - i) * 400, viewer, words: typed.length > 4 ? 'red shoes' : typed }),
  ),
);

describe('judgments of a page that searches at every keystroke', () => {
  it('are those of a page that searches once: what was typed on says nothing of what it showed', () => {
    const [once, typed] = [judgedBy(searches), judgedBy([...searches, ...keystrokes])];
    expect(typed).toEqual({ ...once, typedOn: keystrokes.length });
    expect(once.judging.judgments[0]).toMatchObject({ item: 'i0', grade: 2, chosen: 20, expected: 20 });
  });
});

describe('a viewer who searches the same words all day long', () => {
  const own = times(200, (n) => logged('red shoes', { at: n * 600_000, viewer: -1, chosen: [9] }));

  it('does not outvote the others', () => {
    const [quiet, { judging, repeated }] = [judgedBy(searches), judgedBy([...searches, ...own])];
    expect(repeated).toBe(197);
    const gradeIn = (judgments: typeof judging.judgments, of: string) =>
      judgments.find(({ item }) => item === of)?.grade;
    for (const item of ['i0', 'i1'])
      expect(gradeIn(judging.judgments, item)).toBe(gradeIn(quiet.judging.judgments, item));
    expect(gradeIn(judging.judgments, 'i8')).toBeLessThan(4);
  });

  it('counts for each of the words', () => {
    expect(judgedBy(times(20, (n) => logged(`rug ${n}`, { viewer: 7, chosen: [1] }))).searches).toHaveLength(20);
  });
});

describe('a search', () => {
  it('that the viewer narrowed or weighed is no judgment', () => {
    expect(judgedBy([logged('rug', { alone: false, chosen: [1] })]).searches).toEqual([]);
  });

  it('of nobody known from which something came is one, but many of them are no ten viewers', () => {
    const own = times(12, () => logged('my own name', { known: false, chosen: [1] }));
    expect(judgedBy(own).searches).toHaveLength(12);
    expect(judgedBy(own).judging).toMatchObject({ queries: 0, tooFew: 1 });
    const named = times(9, () => logged('my own name'));
    expect(judgedBy([...own, ...named]).judging.judgments[0]).toMatchObject({ item: 'i0', shown: 21, chosen: 12 });
  });
});
