import { describe, expect, it } from '@jest/globals';
import width from 'string-width';
import { describeSearches } from '../../../../subgraphs/retrieval/searched/describe-searches.ts';
import { logged, reportOf, times } from './logged.ts';

const LOG = { days: 30, read: 100, most: 200_000 };
const LONG = 'a very long query that somebody has pasted from the page of another shop';

describe('the report at a terminal', () => {
  it('fits into 100 columns, whatever is searched', () => {
    const unread = ['settee', 'chaiselongue', 'récamière', '沙发床沙发床'];
    const report = reportOf([
      ...times(1200, (n) => logged(LONG, { viewer: n, words: `${LONG}s`, chosen: [10] })),
      ...times(1100, (n) =>
        logged('紅色のスニーカー'.repeat(9), {
          viewer: n,
          found: { by: 'LIKENESS', total: { value: 12_345, relation: 'AT_LEAST' }, unread },
        }),
      ),
    ]);
    const text = describeSearches(report, LOG);
    expect(Math.max(...text.split('\n').map((line) => width(line)))).toBeLessThanOrEqual(100);
    expect(text).toContain('…');
    expect(text).toContain('12,345+');
  });

  it('says what to do about each part', () => {
    const unread = { by: 'LIKENESS', total: { value: 4, relation: 'EXACT' }, unread: ['kicks'] } as const;
    const searches = times(60, (n) => logged(n % 2 ? 'kicks' : 'rug', n % 2 ? { found: unread } : { chosen: [1] }));
    const [, ...parts] = describeSearches(reportOf(searches), LOG).split('\n\n');
    const means = [/MEDLEY_RANKING_RULES/, /MEDLEY_SYNONYMS/, /MEDLEY_RANKING_RULES[^]*judgments[^]*tune/];
    expect(parts).toHaveLength(means.length);
    for (const [i, part] of parts.entries()) expect(part.slice(part.indexOf('-> '))).toMatch(means[i] ?? /never/);
  });

  it('says that choices are not known rather than that there were none', () => {
    const text = describeSearches(reportOf(times(30, () => logged('rug'))), LOG);
    expect(text).toContain('No choices are known');
    expect(text).toMatch(/\(not a VIEW\) that names the queryId/);
    expect(text).not.toMatch(/led to a choice|COEC/);
    expect(text).toMatch(/ {2}rug +30 +30 +10 +- +-$/m);
  });

  it('says what is missing where no search names a viewer, and where there is none at all', () => {
    const unnamed = describeSearches(reportOf([logged('rug', { known: false })]), LOG);
    expect(unnamed).toMatch(
      /^No viewer with a clientId or userId searched[^]*send one[^]* 1 {2}without a clientId or userId$/,
    );
    expect(describeSearches(reportOf([]), { ...LOG, read: 0 })).toBe(
      'No viewer with a clientId or userId searched in words in the last 30 days (0 searches of any kind).',
    );
  });

  it('cautions where a program names itself a viewer, and nowhere else', () => {
    const people = times(200, () => logged('rug', { chosen: [1] }));
    const text = describeSearches(reportOf([...people, ...times(300, () => logged('lamp', { viewer: -1 }))]), LOG);
    expect(text).toMatch(
      /^CAUTION: 300 of these searches are by 1 viewer with more than \d+ searches, as programs have\.$/m,
    );
    expect(Math.max(...text.split('\n').map((line) => width(line)))).toBeLessThanOrEqual(100);
    expect(describeSearches(reportOf(people), LOG)).not.toContain('CAUTION');
  });

  it('says how many are in no list, and lists nothing where that is all', () => {
    const text = describeSearches(reportOf([logged('rug')], { leastViewers: 5 }), LOG);
    expect(text).toContain('Not listed: 1 query (1 search) by fewer than 5 viewers (--least).');
    expect(text).not.toContain('rug');
  });

  it('says where the log is longer than what was read', () => {
    const text = describeSearches(reportOf([logged('rug')]), { ...LOG, read: 200_000 });
    expect(text).toContain('Only the newest 200,000 searches of any kind were read.');
  });
});
