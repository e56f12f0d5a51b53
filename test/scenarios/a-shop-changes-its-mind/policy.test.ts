import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { METRICS } from '../../../src/runtime/metrics.ts';
import { readProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import { until } from '../../support/is-alive.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const [DEFAULT] = readProfiles();

interface Told {
  readonly search: {
    readonly ranking: { readonly version: number; readonly rules: readonly string[] };
    readonly edges: readonly { readonly itemId: string }[];
  };
}

let folder: string;
let shop: Shop;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-policy-'));
  shop = await openShop({
    env: {
      MEDLEY_RANKING_PROFILES: await write('profiles.json', JSON.stringify([DEFAULT])),
      MEDLEY_SYNONYMS: await write('synonyms.txt', 'beaker => mug'),
      MEDLEY_RANKING_RULES: await write('rules.json', '[]'),
    },
  });
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

/** As an editor writes: aside, and then in the place of the file. */
async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
  return file;
}

async function told(text: string, clientId?: string): Promise<Told['search']> {
  const { data } = await shop.ask<Told>(
    `query Told($text: String!, $clientId: ID) {
      search(input: { text: $text, clientId: $clientId }) { ranking { version rules } edges { itemId } }
    }`,
    { text, clientId },
  );
  return data.search;
}

async function firstOf(text: string): Promise<string | undefined> {
  return (await told(text)).edges[0]?.itemId;
}

async function refused(setting: string): Promise<number | undefined> {
  const metric = await METRICS.getSingleMetric('medley_file_refused')?.get();
  return metric?.values.find(({ labels }) => labels.setting === setting)?.value;
}

describe('what a shop says of its searches, changed while it serves', () => {
  it('holds soon, without a restart: rules', async () => {
    expect((await told('lamp')).ranking.rules).toEqual([]);
    await write('rules.json', JSON.stringify([{ key: 'a-rug', when: { words: ['lamp'] }, pin: ['i002'] }]));
    await until(async () => (await firstOf('lamp')) === 'i002');
    expect((await told('lamp')).ranking.rules).toEqual(['a-rug']);
  });

  it('holds soon, without a restart: synonyms, in words and meaning', async () => {
    const { edges } = await told('rug');
    await write('synonyms.txt', 'tapestry => rug');
    await until(async () => (await firstOf('tapestry')) === edges[0]?.itemId);
    expect((await told('tapestry')).edges).toEqual(edges);
  });

  it('holds soon, without a restart: ranking profiles', async () => {
    expect((await told('lamp')).ranking.version).toBe(1);
    await write('profiles.json', JSON.stringify([DEFAULT, { ...DEFAULT, version: 2 }]));
    await until(async () => (await told('lamp')).ranking.version === 2);
  });

  it('holds soon, without a restart: a version that is tried on some viewers, who keep it', async () => {
    await write('profiles.json', JSON.stringify([DEFAULT, { ...DEFAULT, version: 5, trial: 0.5 }]));
    const viewers = Array.from({ length: 20 }, (_, at) => `viewer-${at}`);
    const versions = () => Promise.all(viewers.map(async (clientId) => (await told('lamp', clientId)).ranking.version));
    await until(async () => (await versions()).includes(5));
    const before = await versions();
    expect(new Set(before)).toEqual(new Set([1, 5]));
    expect(await versions()).toEqual(before);
    expect((await told('lamp')).ranking.version).toBe(1);
  });

  it('leaves the pages of an earlier result as they were', async () => {
    const first = await shop.search({ text: 'chair' }, { first: 3 });
    const shown = new Set(first.edges.map(({ itemId }) => itemId));
    await write('rules.json', JSON.stringify([{ key: 'no-chairs', hide: { field: 'category', in: ['chairs'] } }]));
    await until(async () => (await told('chair')).ranking.rules.includes('no-chairs'));
    const { endCursor } = first.pageInfo;
    const { edges } = await shop.search({ text: 'chair' }, { first: 3, after: endCursor });
    expect(edges.map(({ position }) => position)).toEqual([4, 5, 6]);
    expect(edges.filter(({ itemId }) => shown.has(itemId))).toEqual([]);
  });

  it('is told to be wrong, and what it said before holds until it is mended or there again', async () => {
    const rules = JSON.stringify([{ key: 'a-bag', when: { words: ['vase'] }, pin: ['i003'] }]);
    await write('rules.json', rules);
    await until(async () => (await firstOf('vase')) === 'i003');
    expect(await refused('MEDLEY_RANKING_RULES')).toBe(0);
    const spoil = [() => write('rules.json', '[{ "key": "half'), () => rm(join(folder, 'rules.json'))];
    for (const wrong of spoil) {
      await wrong();
      await until(async () => (await refused('MEDLEY_RANKING_RULES')) === 1);
      expect(await firstOf('vase')).toBe('i003');
      await write('rules.json', rules);
      await until(async () => (await refused('MEDLEY_RANKING_RULES')) === 0);
    }
    expect(await firstOf('vase')).toBe('i003');
  });
});
