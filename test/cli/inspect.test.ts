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
