import { describe, expect, it } from '@jest/globals';
import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { describeTrial } from '../../../../subgraphs/retrieval/trials/describe-trial.ts';
import { times } from '../searched/logged.ts';
import { by, reportOf } from './tried.ts';

const LOG = { days: 30, read: 100, most: 200_000 };
const NONE = { by: 'NOTHING', total: { value: 0, relation: 'EXACT' }, unread: [] } as const;

/** As many viewers of each version, one search each, of whom these shares choose. */
function trialOf(viewers: number, shares: { readonly 1: number; readonly 2: number }): readonly LoggedSearch[] {
  return times(viewers * 2, (n) => {
    const version = n % 2 ? 1 : 2;
    return by(version, { chosen: (n % 20) / 20 < shares[version] ? [3] : [] });
  });
}

function told(...given: Parameters<typeof reportOf>): string {
  const text = describeTrial(reportOf(...given), LOG);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  return text;
}

describe('a trial at a terminal', () => {
  it('is told to be better, with the lift of each measure, and that it has to be the day to look', () => {
    const text = told(trialOf(500, { 1: 0.4, 2: 0.8 }));
    expect(text).toMatch(/^Version 2 of default, on trial for 50\.0 % of viewers: 2026-10-05/);
    expect(text).toMatch(/^led to a choice +40\.\d % +80\.\d % +\+\d+\.\d % \[\+\d+\.\d, \+\d+\.\d\]$/m);
    expect(text).toMatch(/^Better: [^]*above 0\.\nThis counts on the day on which you had decided/m);
    expect(text).not.toMatch(/CAUTION|Not decided/);
  });

  it('is told to be worse', () => {
    expect(told(trialOf(500, { 1: 0.8, 2: 0.4 }))).toMatch(/^Worse: [^]*below 0\./m);
  });

  it('is told to be better in one way and worse in another', () => {
    const searches = trialOf(500, { 1: 0.4, 2: 0.8 }).map((search) =>
      search.rankedBy.version === 2 && search.shown.every(({ worth }) => worth === 0)
        ? { ...search, shown: [], found: NONE }
        : search,
    );
    expect(told(searches)).toContain('But more searches find nothing: decide what matters more to your shop.');
  });

  it('is told to be open, with how many viewers it takes more', () => {
    const text = told(trialOf(500, { 1: 0.5, 2: 0.5 }));
    expect(text).toMatch(/^Not decided yet: .* includes 0\.$/m);
    expect(text).toMatch(/^ {2}\d+,000 for 1 %, \d+,000 for 2 %, [\d,]+ for 5 %\nDecide now how long to wait/m);
    expect(told(trialOf(50, { 1: 0.1, 2: 0.9 }))).toMatch(/^Not decided yet: .* fewer than 100 viewers/m);
  });

  it('names the versions that are on trial in the file alone, whether another is tried or none', () => {
    const caution = /^CAUTION: version 2 of default has a "trial" in the file, but no viewer gets$/m;
    expect(told([], { underWay: null, idle: [2] })).toMatch(caution);
    expect(told(trialOf(500, { 1: 0.4, 2: 0.8 }), { idle: [2] })).toMatch(caution);
    expect(told([], { underWay: null })).not.toContain('CAUTION');
  });

  it('says how many programs are left out', () => {
    const program = times(300, () => by(1, { viewer: -1 }));
    const [first, ...others] = trialOf(500, { 1: 0.4, 2: 0.8 });
    const text = told([...(first ? [first] : []), ...program, ...others]);
    expect(text).toMatch(/^Left out: 1 viewer with more than \d+ searches, as programs have \(300 searches\)\.$/m);
  });

  it('says that choices are not known rather than that there were none', () => {
    const text = told(trialOf(500, { 1: 0, 2: 0 }));
    expect(text).toContain('No choices from these searches are known');
    expect(text).toMatch(/^found nothing +0\.0 % +0\.0 % +-$/m);
    expect(text).not.toMatch(/led to a choice +\d|better|worse/i);
  });

  it('warns before all else where the split is not as it was meant', () => {
    const underWay = { control: 1, trial: 2, share: 0.4 };
    expect(told(trialOf(500, { 1: 0.4, 2: 0.8 }), { underWay })).toMatch(
      /\n\nCAUTION: (49\.9|50\.\d) % of the viewers got the trial instead of 40\.0 %[^]*\nBetter/,
    );
  });

  it('warns where many met both versions', () => {
    const crossed = times(50, (n) => by(1 + (n % 2), { viewer: -1 - Math.floor(n / 2) }));
    const text = told([...crossed, ...trialOf(500, { 1: 0.5, 2: 0.5 })]);
    expect(text).toMatch(/^CAUTION: many viewers got both[^]*^Left out: 2\d viewers who got both versions\.$/m);
  });

  it('names the last trial of the log as what it is', () => {
    expect(told(trialOf(500, { 1: 0.4, 2: 0.8 }), { underWay: null })).toMatch(
      /^Version 2 of default, the last trial in the log \(no file here has one\): /,
    );
  });

  it('says that the split was not looked at where no file says what it was meant to be', () => {
    const text = told(trialOf(500, { 1: 0.4, 2: 0.8 }), { underWay: null });
    expect(text).toContain('Not checked: whether as many viewers got the trial as planned');
    expect(told(trialOf(500, { 1: 0.4, 2: 0.8 }))).not.toContain('Not checked');
  });

  it('says where the log is longer than what was read', () => {
    const text = describeTrial(reportOf(trialOf(20, { 1: 0.5, 2: 0.5 })), { ...LOG, read: 200_000 });
    expect(text).toContain('Only the newest 200,000 searches of any kind were read.');
  });
});

describe('no trial, at a terminal', () => {
  it.each<[string, readonly LoggedSearch[], RegExp]>([
    ['nothing was searched', [], /no search in words by a viewer with a clientId or userId was ranked by it\./],
    ['one version has ranked all', times(3, () => by(4)), /version 4 ranked all of its searches in words\./],
    ['versions followed each other', [by(1), by(1), by(2), by(2)], /its versions 1, 2 ranked one after another/],
  ])('is told, with how to begin one, where %s', (_, searches, why) => {
    const text = told(searches, { underWay: null });
    expect(text).toMatch(
      /^No trial of default is in the query log of the last 30 days \(100 searches of any kind\):$/m,
    );
    expect(text).toMatch(why);
    expect(text).toMatch(/MEDLEY_RANKING_PROFILES[^]*--trial/);
  });

  it('says of one that is under way what it still lacks', () => {
    const text = told([by(1), by(2, { known: false })]);
    expect(text).toMatch(/^Version 2 of default is on trial for 50\.0 % of viewers, beside version 1\./);
    expect(text).toContain('In no trial: 1 search without a clientId or userId.');
  });
});
