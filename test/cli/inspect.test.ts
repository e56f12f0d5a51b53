import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { killLeft, medleyProcess } from '../support/medley-process.ts';
import type { MedleyProcess } from '../support/medley-process.ts';
import { openShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ items: 330 });
  await shop.medley.close();
});
afterAll(async () => {
  await killLeft();
  await rm(shop.folder, { recursive: true, force: true });
});

const mismatches = (limit: string): MedleyProcess =>
  medleyProcess(['inspect', 'mismatches', '--limit', limit], { MEDLEY_DATA_DIR: shop.dataFolder });

describe('inspect synonyms', () => {
  const synonyms = async (text: string): Promise<MedleyProcess> => {
    const file = join(shop.folder, 'synonyms.txt');
    await writeFile(file, text);
    const inspecting = medleyProcess(['inspect', 'synonyms', file], { MEDLEY_DATA_DIR: shop.dataFolder });
    await inspecting.ended;
    return inspecting;
  };

  it('tells how the file is read', async () => {
    const inspecting = await synonyms('Sofas, corner couch\ntelly => screens # of the living room');
    expect(await inspecting.ended).toBe(0);
    expect(inspecting.printed().trim().split('\n')).toEqual([
      'who asks for => finds',
      'sofa => sofa, corner couch',
      'corner couch => corner couch, sofa',
      'telly => screen',
    ]);
  });

  it('names the lines that are no rules, and fails', async () => {
    const inspecting = await synonyms('sofa, couch\nsettee\n');
    expect(await inspecting.ended).toBe(1);
    expect(inspecting.printed()).toMatch(/INVALID_SETTING: .*line 2 is "settee"/);
  });
});

describe('inspect rules', () => {
  const RULES = [
    {
      key: 'boots',
      when: { words: ['boots', 'winter boots'], anywhere: true, chosen: { field: 'brand', in: ['Oa', 'Kappel'] } },
      from: '2026-01-01',
      until: '2100-01-01',
      pin: ['a', 'b'],
    },
    { key: 'all', hide: { ids: ['c'] }, lift: [{ filter: { field: 'brand', in: ['Oa'] }, by: 2 }] },
  ];
  const ALL = ['all: every search', '  hides {"ids":["c"]}', '  lifts {"field":"brand","in":["Oa"]} by 2'];
  const inspected = async (rules: unknown, ...more: readonly string[]): Promise<MedleyProcess> => {
    const file = join(shop.folder, 'rules.json');
    await writeFile(file, JSON.stringify(rules));
    const inspecting = medleyProcess(['inspect', 'rules', file, ...more], { MEDLEY_DATA_DIR: shop.dataFolder });
    await inspecting.ended;
    return inspecting;
  };

  it('tells what each does, and for which searches', async () => {
    const inspecting = await inspected(RULES);
    expect(await inspecting.ended).toBe(0);
    expect(inspecting.printed().trim().split('\n')).toEqual([
      'boots: searches for "boots" or "winter boots" among other words, filtered by brand Oa, Kappel, from 2026-01-01T00:00:00.000Z, until 2100-01-01T00:00:00.000Z',
      '  pins a, b',
      ...ALL,
    ]);
  });

  it('tells which a search for some words would meet', async () => {
    const printed = async (rules: unknown): Promise<readonly string[]> =>
      (await inspected(rules, '--words', 'red hats')).printed().trim().split('\n');
    expect(await printed(RULES)).toEqual(ALL);
    expect(await printed(RULES.slice(0, 1))).toEqual(['No rule applies to this search now.']);
  });

  it('tells what is wrong, and fails', async () => {
    const inspecting = await inspected([{ key: 'none' }]);
    expect(await inspecting.ended).toBe(1);
    expect(inspecting.printed()).toMatch(/INVALID_SETTING: [^]*expected something to do/);
  });
});

describe('inspect mismatches', () => {
  it('lists as many items as asked for, those first whose pictures match their words least', async () => {
    const inspecting = mismatches('5');
    expect(await inspecting.ended).toBe(0);
    const [head, ...rows] = inspecting.printed().trim().split('\n');
    expect(head).toBe('match  item');
    expect(rows).toHaveLength(5);
    const matches = rows.map((row) => Number(/^([01]\.\d\d) {2}i\d{3} {2}\w.*\.png$/.exec(row)?.[1]));
    expect(matches).toEqual(matches.toSorted((a, b) => a - b));
  });

  it('refuses a number of items that is none', async () => {
    const refused = ['abc', '0', '1.5'].map(mismatches);
    expect(await Promise.all(refused.map(({ ended }) => ended))).toEqual([1, 1, 1]);
    for (const inspecting of refused) expect(inspecting.printed()).toMatch(/--limit.*whole number from 1/);
  });
});
