import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TrialReport } from '../../../subgraphs/retrieval/trials/trial-report.ts';
import { readProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import { killLeft, medleyProcess } from '../../support/medley-process.ts';
import { seeded } from '../../support/random.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { event, recordEvents } from '../../support/viewer.ts';

const VIEWERS = 260;

let folder: string;
let profiles: string;
let shop: Shop;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-trial-'));
  profiles = join(folder, 'profiles.json');
  const [usual] = readProfiles();
  await writeFile(profiles, JSON.stringify([usual, { ...usual, version: 2, trial: 0.5 }]));
  shop = await openShop({ env: { MEDLEY_RANKING_PROFILES: profiles } });
});
afterAll(async () => {
  await killLeft();
  await shop.close();
  await rm(folder, { recursive: true });
});

async function inspect(...args: readonly string[]) {
  const env = { MEDLEY_DATA_DIR: shop.dataFolder, MEDLEY_RANKING_PROFILES: profiles };
  const command = medleyProcess(['inspect', 'trial', ...args], env);
  const code = await command.ended;
  return { code, told: command.told(), printed: command.printed() };
}

async function report(): Promise<TrialReport> {
  return JSON.parse((await inspect('--json')).told) as TrialReport;
}

interface Ranked {
  readonly id: string;
  readonly ranking: { readonly version: number };
  readonly edges: readonly { readonly itemId: string }[];
}

async function search(input: object): Promise<Ranked> {
  const { data } = await shop.ask<{ search: Ranked }>(
    'query ($input: SearchInput!) { search(input: $input) { id ranking { version } edges { itemId } } }',
    { input: { text: 'red mug', ...input } },
  );
  return data.search;
}

/** Viewers search once each, and choose from two of three answers of the trial, and from one of three others. */
async function visitTheShop(): Promise<readonly number[]> {
  const random = seeded(8);
  const versions: number[] = [];
  for (let viewer = 0; viewer < VIEWERS; viewer++) {
    const clientId = `browser-${viewer}`;
    const { id, ranking, edges } = await search({ clientId });
    versions.push(ranking.version);
    const [first] = edges;
    if (first && random() < (ranking.version === 2 ? 2 / 3 : 1 / 3))
      await recordEvents(shop, event(id, { clientId, queryId: id, itemId: first.itemId, position: 1 }));
  }
  return versions;
}

describe('a trial of a ranking', () => {
  it('is told to have nothing to compare where nobody has searched, and one of no profile is refused', async () => {
    const { code, told } = await inspect();
    expect({ code, told }).toEqual({
      code: 0,
      told: expect.stringMatching(/^Version 2 of default is on trial for 50/),
    });
    const refused = await inspect('--profile', 'defualt');
    expect(refused.code).toBe(1);
    expect(refused.printed).toContain('There is no ranking profile defualt');
  });

  it('is told to be better while the shop serves, by the viewers of each version alone', async () => {
    const versions = await visitTheShop();
    await search({ clientId: 'somebody-else', profile: { key: 'default', version: 1 } });
    await search({});
    const { comparison, notCounted, underWay } = await report();
    expect(underWay).toEqual({ control: 1, trial: 2, share: 0.5 });
    expect(notCounted).toEqual({ unnamed: 1, versionAsked: 1 });
    expect(comparison).toMatchObject({ verdict: 'BETTER', crossedOver: 0, split: { meant: 0.5, isUnlike: false } });
    // Before the trial had begun, and where it ends, one version was alone.
    const end = Math.min(versions.lastIndexOf(1), versions.lastIndexOf(2));
    const within = versions.slice(versions.indexOf(2), end + 1);
    expect(within.length).toBeGreaterThan(VIEWERS - 40);
    for (const [side, version] of [
      ['control', 1],
      ['trial', 2],
    ] as const) {
      const viewers = within.filter((its) => its === version).length;
      expect(comparison?.[side]).toEqual({ version, searches: viewers, viewers });
    }
  });

  it('is a table for people that names no viewer', async () => {
    const { code, told, printed } = await inspect();
    expect(code).toBe(0);
    expect(told).toMatch(/^led to a choice +\d\d\.\d % +\d\d\.\d % +\+\d+\.\d % \[\+/m);
    expect(told).toMatch(/^Better: /m);
    expect(printed).toContain('reading the query log');
    expect(printed).not.toContain('browser');
  });

  it('is the same where nothing runs', async () => {
    const before = await report();
    await shop.medley.close();
    expect(await report()).toEqual(before);
  });
});
