import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rankingProfiles, readProfiles, readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import type { RankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';

const DEFAULT = readRankingProfiles().select(undefined);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-profiles-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(text: string): Promise<string> {
  const file = join(folder, 'profiles.json');
  await writeFile(file, text);
  return file;
}

describe('the file of ranking profiles', () => {
  it('is refused by name where it is not there, or no JSON', async () => {
    expect(() => readProfiles(join(folder, 'nowhere.json'))).toThrow(
      /\.json cannot be read as a file of ranking profiles/,
    );
    const file = await written('[{');
    expect(() => readProfiles(file)).toThrow(/\.json cannot be read as a file of ranking profiles/);
  });

  it('is refused with every problem that it has', async () => {
    const file = await written(JSON.stringify([{ key: 'Not a key', version: 0, signals: {} }]));
    expect(() => readProfiles(file)).toThrow(/key[\s\S]*version[\s\S]*signals/);
  });

  it('is refused where no profile in it is the default, which searches that name none are ranked by', async () => {
    const [standard] = readProfiles();
    const file = await written(JSON.stringify([{ ...standard, key: 'campaign' }]));
    expect(() => readProfiles(file)).toThrow(expect.objectContaining({ code: 'INVALID_SETTING' }));
    expect(() => readProfiles(file)).toThrow(/profiles\.json has no profile "default".*campaign/);
  });

  it('may begin with a byte order mark', async () => {
    const file = await written(`\uFEFF${JSON.stringify(readProfiles())}`);
    expect(readProfiles(file)).toEqual(readProfiles());
  });

  it('is refused where a version is a number that no answer could tell', async () => {
    const [standard] = readProfiles();
    const file = await written(JSON.stringify([{ ...standard, version: 202_611_230_800 }]));
    expect(() => readProfiles(file)).toThrow(/version/);
  });

  it('is answered from by its newest version, or the one that is asked for', async () => {
    const [standard] = readProfiles();
    const file = await written(JSON.stringify([standard, { ...standard, version: 2 }]));
    const profiles = readRankingProfiles(file);
    expect([profiles.select(undefined).version, profiles.select({ key: 'default', version: 1 }).version]).toEqual([
      2, 1,
    ]);
    expect(() => profiles.select({ key: 'default', version: 3 })).toThrow(
      'There is no ranking profile default version 3',
    );
  });

  it('is refused where a key has versions on trial alone, or a share is none', async () => {
    const [standard] = readProfiles();
    const alone = await written(JSON.stringify([standard, { ...standard, key: 'campaign', trial: 0.5 }]));
    expect(() => readProfiles(alone)).toThrow(/a key has only versions with "trial"/);
    for (const trial of [0, 1, -1, 'half']) {
      const none = await written(JSON.stringify([standard, { ...standard, version: 2, trial }]));
      expect(() => readProfiles(none)).toThrow(/trial/);
    }
  });
});

describe('a version on trial', () => {
  const trial = (version: number, share: number) => ({ ...DEFAULT, version, trial: share });
  const viewers = Array.from({ length: 10_000 }, (_, at) => ({ clientId: `viewer-${at}` }));
  const triedOn = (profiles: RankingProfiles) =>
    new Set(viewers.filter((viewer) => profiles.select(undefined, viewer).trial).map(({ clientId }) => clientId));

  it('ranks for its share of viewers, each of whom keeps it when the share grows', () => {
    const ofShare = (share: number) => triedOn(rankingProfiles([DEFAULT, trial(2, share)]));
    const [few, many] = [ofShare(0.1), ofShare(0.5)];
    expect(few.size).toBeGreaterThan(900);
    expect(few.size).toBeLessThan(1100);
    expect(many.size).toBeGreaterThan(4800);
    expect(many.size).toBeLessThan(5200);
    expect([...few].filter((viewer) => !many.has(viewer))).toEqual([]);
  });

  it('is tried on other viewers than the one before it', () => {
    const ofVersion = (version: number) => triedOn(rankingProfiles([DEFAULT, trial(version, 0.5)]));
    const [second, third] = [ofVersion(2), ofVersion(3)];
    const both = [...second].filter((viewer) => third.has(viewer)).length;
    expect(both).toBeGreaterThan(2300);
    expect(both).toBeLessThan(2700);
  });

  it('goes by who is logged in, and is nothing for nobody', () => {
    const profiles = rankingProfiles([DEFAULT, trial(2, 0.5)]);
    const ofUser = (clientId: string) => profiles.select(undefined, { userId: 'u1', clientId }).version;
    expect(new Set(viewers.slice(0, 50).map(({ clientId }) => ofUser(clientId))).size).toBe(1);
    expect(profiles.select(undefined).version).toBe(1);
    expect(profiles.select(undefined, {}).version).toBe(1);
  });

  it('is told with what ranks for the others, while it is tried', () => {
    const { usual, trial: tried } = rankingProfiles([DEFAULT, trial(2, 0.5), trial(3, 0.1)]).trialOf('default') ?? {};
    expect([usual?.version, tried?.version, tried?.trial]).toEqual([1, 3, 0.1]);
    expect(rankingProfiles([DEFAULT, trial(2, 0.5), { ...DEFAULT, version: 3 }]).trialOf('default')).toBeUndefined();
    expect(rankingProfiles([DEFAULT]).trialOf('default')).toBeUndefined();
  });

  it('is told to wait in vain where a newer one is tried, or ranks for all', () => {
    const idle = (...more: Parameters<typeof rankingProfiles>[0]) =>
      rankingProfiles([DEFAULT, ...more]).idleTrialsOf('default');
    expect(idle(trial(4, 0.5), trial(3, 0.5), trial(2, 0.1))).toEqual([2, 3]);
    expect(idle(trial(2, 0.5), { ...DEFAULT, version: 3 })).toEqual([2]);
    expect(idle(trial(2, 0.5))).toEqual([]);
  });

  it('is asked for by its number, and is over where a newer one is not on trial', () => {
    const profiles = rankingProfiles([DEFAULT, trial(2, 0.5), { ...DEFAULT, version: 3 }]);
    expect(triedOn(profiles).size).toBe(0);
    expect(profiles.select({ key: 'default', version: 2 }).version).toBe(2);
    expect(profiles.select({ key: 'default' }, viewers[0]).version).toBe(3);
  });
});
