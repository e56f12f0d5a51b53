import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { killLeft, medleyProcess } from '../../support/medley-process.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const MUGS = { words: ['mugs'] };
const RULES = [
  { key: 'right', when: { chosen: { field: 'category', in: ['Mugs'] } }, pin: ['i001'] },
  { key: 'gone', when: MUGS, pin: ['i001', 'i999', ...Array.from({ length: 30 }, (_, n) => `old-${n}`)] },
  { key: 'hiding', hide: { field: 'colr', in: ['red'] } },
  { key: 'chosen', when: { chosen: { field: 'catgory', in: ['Mugs'] } }, pin: ['i001'] },
  { key: 'over', when: MUGS, until: '2020-01-01', pin: ['i001'] },
];

let folder: string;
let file: string;
let shop: Shop;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-in-vain-'));
  file = join(folder, 'rules.json');
  await writeFile(file, JSON.stringify(RULES));
  shop = await openShop({ env: { MEDLEY_RANKING_RULES: file } });
});
afterAll(async () => {
  await killLeft();
  await shop.close();
  await rm(folder, { recursive: true });
});

async function inspected(...args: readonly string[]) {
  const command = medleyProcess(['inspect', 'rules', file, ...args], {});
  const code = await command.ended;
  return { code, told: command.told().trim().split('\n'), printed: command.printed() };
}

describe('a rule in vain', () => {
  it('is told, where a Medley that serves is asked: items and fields that it lacks, days that are over', async () => {
    const { code, told } = await inspected('--url', `${shop.url}/graphql`);
    expect(code).toBe(0);
    const vain = Object.fromEntries(
      RULES.map(({ key }) => [key, told[told.findIndex((line) => line.startsWith(`${key}: `)) + 2] ?? '']),
    );
    expect(vain['gone']).toMatch(/^ {2}NO EFFECT: no item has one of the ids i999, old-0, .*old-29$/);
    expect(vain['hiding']).toMatch(
      /^ {2}NO EFFECT: the field "colr" cannot be used like this: expected one of brand, category/,
    );
    expect(vain['chosen']).toMatch(/^ {2}NO EFFECT: the field "catgory" cannot be used like this/);
    expect(vain['over']).toBe('  NO EFFECT: the time of its "until" is past, so it can be removed from the file');
    expect(told.filter((line) => line.includes('NO EFFECT'))).toHaveLength(4);
  });

  it('is said to be left out by a search that it could be about, and keeps nothing else from holding', async () => {
    const { data } = await shop.ask<{
      search: { ranking: { rules: readonly string[] }; degradations: readonly { message: string; code: string }[] };
    }>(
      '{ search(input: { filter: { field: "category", in: ["Mugs"] } }) { ranking { rules } degradations { code message } } }',
    );
    expect(data.search.ranking.rules).toEqual(['right']);
    expect(data.search.degradations.map(({ code, message }) => [code, message.slice(0, 32)])).toEqual([
      ['RULE_LEFT_OUT', 'The rule "hiding" was left out: '],
      ['RULE_LEFT_OUT', 'The rule "chosen" was left out: '],
    ]);
  });

  it('that is over is told without a Medley, too, and an address where none answers is an error', async () => {
    const { told } = await inspected();
    expect(told.filter((line) => line.includes('NO EFFECT'))).toHaveLength(1);
    const unheard = await inspected('--url', 'http://127.0.0.1:1/graphql');
    expect(unheard.code).toBe(1);
    expect(unheard.printed).toMatch(/^MEDLEY_UNAVAILABLE: No Medley answers at/);
  });
});
