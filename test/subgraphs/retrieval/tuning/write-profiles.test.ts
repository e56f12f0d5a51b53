import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readProfiles, readRankingProfiles } from '../../../../subgraphs/retrieval/ranking-profiles.ts';
import type { RankingProfile } from '../../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import { checkProfilesFile, writeProfiles } from '../../../../subgraphs/retrieval/tuning/write-profiles.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-profiles-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const KNOWN = readProfiles();
const DEFAULT = readRankingProfiles().select(undefined);
const next = (version: number, own: Partial<RankingProfile> = {}) => ({
  ...DEFAULT,
  version,
  ...own,
});

describe('a file of ranking profiles', () => {
  it('is written where there is none, and gets one more where it holds what is known', async () => {
    const file = join(folder, 'new.json');
    await writeProfiles(file, KNOWN, next(2, { trial: 0.5 }));
    expect(readProfiles(file)).toEqual([...KNOWN, next(2, { trial: 0.5 })]);
    await writeProfiles(file, readProfiles(file), next(3));
    expect(readProfiles(file).map(({ key, version }) => `${key}@${version}`)).toEqual([
      ...KNOWN.map(({ key, version }) => `${key}@${version}`),
      'default@2',
      'default@3',
    ]);
  });

  it('keeps the profiles of the shop where the command was not told of them, and its trial that is under way', async () => {
    const file = join(folder, 'shop.json');
    for (const own of [next(2, { trial: 0.5 }), next(1, { key: 'homepage' })]) {
      const text = JSON.stringify([...KNOWN, own]);
      await writeFile(file, text);
      const refused = { code: 'INVALID_SETTING', message: expect.stringContaining(`MEDLEY_RANKING_PROFILES=${file}`) };
      await expect(checkProfilesFile(file, KNOWN)).rejects.toMatchObject(refused);
      await expect(writeProfiles(file, KNOWN, next(2))).rejects.toMatchObject(refused);
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });

  it('is not written over anything else, as the judgments', async () => {
    const file = join(folder, 'judgments.csv');
    await writeFile(file, 'query,item,grade\n');
    await expect(checkProfilesFile(file, KNOWN)).rejects.toThrow('cannot be read as a file of ranking profiles');
  });

  it('that cannot be written is told before a long work', async () => {
    await expect(checkProfilesFile(join(folder, 'none', 'x.json'), KNOWN)).rejects.toThrow('Name a file in another');
  });
});
