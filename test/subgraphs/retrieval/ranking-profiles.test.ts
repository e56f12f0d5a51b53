import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readProfiles, readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';

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
    expect(() => readProfiles(join(folder, 'nowhere.json'))).toThrow(/\.json is no file of ranking profiles/);
    const file = await written('[{');
    expect(() => readProfiles(file)).toThrow(/\.json is no file of ranking profiles/);
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
});
