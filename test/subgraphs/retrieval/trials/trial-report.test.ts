import { describe, expect, it } from '@jest/globals';
import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { times } from '../searched/logged.ts';
import { by, comparisonOf, HALF, reportOf } from './tried.ts';

const both = () => [by(1), by(2), by(1), by(2)] as const;
const NONE = { by: 'NOTHING', total: { value: 0, relation: 'EXACT' }, unread: [] } as const;

describe('what a trial is told by', () => {
  it('is what viewers of each version found and chose', () => {
    const { control, trial, figures } = comparisonOf([
      by(2, { viewer: -2, chosen: [2, 4] }),
      by(1, { viewer: -1, chosen: [1] }),
      by(1, { viewer: -1 }),
      by(1, { viewer: -3, found: NONE }),
      by(2, { viewer: -4, alone: false, found: undefined }),
      by(1, { viewer: -1, found: undefined }),
    ]);
    // The newest search has none of the other version beside it.
    expect([control, trial]).toEqual([
      { version: 1, searches: 3, viewers: 2 },
      { version: 2, searches: 2, viewers: 2 },
    ]);
    expect(figures).toMatchObject([
      { measure: 'clickThroughRate', control: 1 / 3, trial: 1 / 2 },
      { measure: 'meanReciprocalRank', control: 1 / 3, trial: 1 / 4 },
      { measure: 'worthPerSearch', control: 8 / 3, trial: 16 / 2 },
      { measure: 'zeroResultRate', control: 1 / 3, trial: 0 },
    ]);
    expect(figures[0]?.difference?.value).toBeCloseTo(1 / 6, 12);
  });

  it('begins with the first search of the trial, whatever was searched before', () => {
    const before = times(50, () => by(1, { chosen: [1] }));
    const [control, trial, ...others] = both();
    const { from, control: counted } = comparisonOf([...before, control, trial, ...others]);
    expect(counted.searches).toBe(1);
    expect(from).toBe(new Date(trial.at).toISOString());
  });

  it('ends where one of them is served to all: a trial that was won or given up stays as it was', () => {
    const during = () => [...times(20, (n) => by(1 + (n % 2)))];
    const won = [...during(), ...times(30, () => by(2, { chosen: [1] }))];
    const lost = [...during(), ...times(30, () => by(1, { chosen: [1] }))];
    for (const searches of [won, lost])
      expect(comparisonOf(searches, { underWay: null })).toMatchObject({
        verdict: null,
        trial: { version: 2 },
        control: { searches: 9 },
      });
  });

  it('leaves out a program that searches day and night, which would be hundreds of people for one version', () => {
    const people = times(200, (n) => by(1 + (n % 2), { chosen: n % 4 < 2 ? [1] : [] }));
    const program = times(300, () => by(1, { viewer: -1 }));
    const [quiet, noisy] = [comparisonOf([...people, ...both()]), comparisonOf([...people, ...program, ...both()])];
    expect(quiet.programs).toEqual({ viewers: 0, searches: 0, above: 50 });
    expect(noisy.programs).toMatchObject({ viewers: 1, searches: 300 });
    expect({ ...noisy, from: 0, until: 0, programs: 0 }).toEqual({ ...quiet, from: 0, until: 0, programs: 0 });
  });

  it('keeps people who search much, and all where most do', () => {
    const often = (viewer: number, count: number) =>
      times(count, (n) => by(1 + (viewer % 2), { viewer: -viewer - 1, at: n }));
    expect(comparisonOf([...times(100, () => both()).flat(), ...often(1, 40), ...both()]).programs.viewers).toBe(0);
    expect(comparisonOf([...times(20, (n) => often(n, 90)).flat(), ...both()]).programs.viewers).toBe(0);
  });

  it('leaves out who met both versions, and says how many they are', () => {
    const { control, trial, crossedOver } = comparisonOf([
      by(2, { viewer: -1 }),
      by(1, { viewer: -1 }),
      by(1, { viewer: -2 }),
      by(1, { viewer: -2 }),
      ...both(),
    ]);
    expect({ crossedOver, control, trial }).toMatchObject({
      crossedOver: 1,
      control: { searches: 4, viewers: 3 },
      trial: { searches: 1, viewers: 1 },
    });
  });

  it('is of no other profile, of no version that was asked for, and of nobody', () => {
    const asked = { rankedBy: { profile: 'default', version: 2, asked: true } };
    const other = { rankedBy: { profile: 'campaign', version: 2, asked: false } };
    const unlike = [by(1), by(2), by(2, asked), by(2, other), by(2, { known: false })];
    const { comparison, notCounted } = reportOf([...both(), ...unlike, ...both()]);
    expect(comparison).toMatchObject({ control: { searches: 4 }, trial: { searches: 4 } });
    expect(notCounted).toEqual({ unnamed: 1, versionAsked: 1 });
  });

  it('leaves out what was only typed on the way to another search', () => {
    const [older, newer] = [by(2, { viewer: -1 }), by(2, { viewer: -1 })];
    const typed = { ...older, at: newer.at - 1000, typed: 'ru' };
    expect(comparisonOf([typed, newer, ...both()]).trial.searches).toBe(2);
  });
});

describe('which versions are compared', () => {
  it('are those that are on trial now, whatever was before', () => {
    const searches = [...times(9, (n) => by(1 + (n % 2))), ...times(9, (n) => by(n % 2 ? 1 : 4))];
    const now = { control: 1, trial: 4, share: 0.5 };
    expect(comparisonOf(searches, { underWay: now })).toMatchObject({ control: { version: 1 }, trial: { version: 4 } });
    expect(reportOf(searches.slice(0, 9), { underWay: now }).comparison).toBeNull();
  });

  it('are those of the newest trial of the log where no file has one', () => {
    const old = times(9, (n) => by(1 + (n % 2)));
    const after = [...times(9, () => by(2)), ...times(9, () => by(3))];
    expect(comparisonOf([...old, ...after], { underWay: null })).toMatchObject({
      control: { version: 1 },
      trial: { version: 2 },
    });
  });

  it('are none where one version took the place of the other, though some searches were under way', () => {
    const [last, first, late, next] = [by(1), by(2), by(1), by(2)];
    const changed = [last, first, { ...late, at: first.at + 300 }, { ...next, at: first.at + 400 }, by(2), by(2)];
    const { comparison, versions } = reportOf(changed, { underWay: null });
    expect({ comparison, versions }).toEqual({ comparison: null, versions: [2, 1] });
  });

  it('are none of a profile that nobody searched by, and one that does not exist is refused', () => {
    expect(reportOf([], { underWay: null })).toMatchObject({ comparison: null, versions: [] });
    expect(() => reportOf(both(), { key: 'defualt', underWay: null })).toThrow(
      'There is no ranking profile defualt, here or in the query log. Known: default.',
    );
  });
});

describe('the verdict', () => {
  const viewers = (count: number, chosen: (n: number) => boolean) => (version: number) =>
    times(count, (n) => by(version, { chosen: chosen(n) ? [1] : [] }));
  const mixed = (control: readonly LoggedSearch[], trial: readonly LoggedSearch[]) =>
    control
      .flatMap((search, n) => [search, ...trial.slice(n, n + 1)])
      .map((search, n) => ({ ...search, at: n * 60_000 }));

  it('is of choices: none where none is known', () => {
    const none = viewers(200, () => false);
    const { verdict, figures, needed } = comparisonOf(mixed(none(1), none(2)));
    expect({ verdict, needed }).toEqual({ verdict: null, needed: [] });
    expect(figures.slice(0, 3)).toEqual(
      ['clickThroughRate', 'meanReciprocalRank', 'worthPerSearch'].map((measure) => ({
        measure,
        control: null,
        trial: null,
        difference: null,
        lift: null,
      })),
    );
    expect(figures[3]).toMatchObject({ measure: 'zeroResultRate', control: 0, trial: 0 });
  });

  it('waits for enough viewers of each version, however clear it looks', () => {
    const [always, never] = [
      (count: number) => viewers(count, () => true),
      (count: number) => viewers(count, () => false),
    ];
    expect(comparisonOf(mixed(never(90)(1), always(90)(2))).verdict).toBe('OPEN');
    expect(comparisonOf(mixed(never(110)(1), always(110)(2))).verdict).toBe('BETTER');
    expect(comparisonOf(mixed(always(110)(1), never(110)(2))).verdict).toBe('WORSE');
  });

  it('says how many viewers more would show a lift, fewer of a larger one', () => {
    const half = viewers(1000, (n) => n % 2 === 0);
    const { verdict, needed } = comparisonOf(mixed(half(1), half(2)));
    expect(verdict).toBe('OPEN');
    expect(needed.map(({ lift }) => lift)).toEqual([0.01, 0.02, 0.05]);
    // Of a rate of one half, 16 p (1 - p) / d ^ 2 a side (Lehr's rule).
    const [one, two] = needed.map(({ viewers: more }) => more);
    expect((one ?? 0) / ((2 * 16 * 0.25) / 0.005 ** 2)).toBeCloseTo(1, 1);
    expect((two ?? 0) / ((2 * 16 * 0.25) / 0.01 ** 2)).toBeCloseTo(1, 1);
  });
});

describe('the split of viewers', () => {
  const of = (control: number, trial: number) => {
    const shown = [...times(control, () => by(1)), ...times(trial, () => by(2))];
    return [by(2), ...shown, by(1)].map((search, n) => ({ ...search, at: n * 60_000 }));
  };

  it('is found to be unlike the share that was meant where chance does not explain it', () => {
    expect(comparisonOf(of(480, 520)).split).toMatchObject({ meant: 0.5, isUnlike: false });
    expect(comparisonOf(of(400, 600)).split).toMatchObject({ meant: 0.5, isUnlike: true });
    const underWay = { ...HALF, share: 0.6 };
    expect(comparisonOf(of(400, 600), { underWay }).split.isUnlike).toBe(false);
  });

  it('is not judged where no file says what was meant', () => {
    expect(comparisonOf(of(400, 600), { underWay: null }).split).toMatchObject({ meant: null, isUnlike: null });
  });
});
