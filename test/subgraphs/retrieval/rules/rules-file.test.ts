import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retrievalConfig } from '../../../../subgraphs/retrieval/config.ts';
import { MOST_RULES } from '../../../../subgraphs/retrieval/rules/rule.ts';
import type { Rule } from '../../../../subgraphs/retrieval/rules/rule.ts';
import { readRules } from '../../../../subgraphs/retrieval/rules/rules-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-rules-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string): Promise<readonly Rule[]> {
  const file = join(folder, 'rules.json');
  await writeFile(file, text);
  return readRules(retrievalConfig({ MEDLEY_RANKING_RULES: file }).policy.MEDLEY_RANKING_RULES ?? '');
}

const refused = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'INVALID_SETTING', message: expect.stringMatching(message) as unknown });

describe('the file of ranking rules', () => {
  it('is read as the docs show it', async () => {
    const page = await readFile('docs/merchandising.md', 'utf8');
    const example = /## Ranking rules[^]*?```json\n([^]*?)```/.exec(page)?.[1] ?? '';
    const rules = await read(example);
    expect(rules.map(({ key, from, pin }) => ({ key, from, pin }))).toEqual([
      { key: 'black-friday-boots', from: Date.UTC(2026, 10, 27), pin: ['sku-104', 'sku-077'] },
      { key: 'own-brand', from: undefined, pin: undefined },
      { key: 'recalled', from: undefined, pin: undefined },
    ]);
  });

  it('may begin with a byte order mark, and hold filters as searches write them', async () => {
    const hide = {
      and: [{ not: { field: 'price', range: { gte: 5 } } }, { or: [{ ids: ['a'] }, { field: 'b', in: ['c'] }] }],
    };
    expect(await read(`\uFEFF${JSON.stringify([{ key: 'all', hide }])}`)).toMatchObject([{ key: 'all', hide }]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', {}, /the file: expected a list, got \{\}/],
    ['nothing to do', [{ key: 'a' }], /expected something to do: "pin", "hide" or "lift"/],
    [
      'words that are none',
      [{ key: 'a', when: { words: ['!'] }, pin: ['x'] }],
      /expected words, with letters or digits/,
    ],
    ['pins for all searches', [{ key: 'a', pin: ['x'] }], /items are pinned for some searches, not for all/],
    ['a word that it does not know', [{ key: 'a', boost: [] }], /\[0\]: unknown key boost/],
    [
      'a filter of two kinds',
      [{ key: 'a', hide: { ids: ['x'], field: 'b', in: ['c'] } }],
      /\[0\]\.hide: expected a filter with/,
    ],
    [
      'a lift out of bounds',
      [{ key: 'a', lift: [{ filter: { ids: ['x'] }, by: 11 }] }],
      /\[0\]\.lift\[0\]\.by: expected a number of at most 10, got 11/,
    ],
    ['no day', [{ key: 'a', from: '27.11.', hide: { ids: ['x'] } }], /expected a day or a time/],
    [
      'an end before its beginning',
      [{ key: 'a', from: '2026-02-02', until: '2026-02-02', hide: { ids: ['x'] } }],
      /expected "until" to be after "from"/,
    ],
    ['a key twice', ['a', 'a'].map((key) => ({ key, hide: { ids: ['x'] } })), /two rules have the same key/],
    [
      'too many',
      Array.from({ length: MOST_RULES + 1 }, (_, at) => ({ key: `k${at}`, hide: { ids: ['x'] } })),
      /expected at most 1000 values, got 1001/,
    ],
  ])('is refused with %s', async (_, rules, message) => {
    await expect(read(JSON.stringify(rules))).rejects.toThrow(refused(message));
  });

  it('has all its problems told together, with those of other settings', async () => {
    const wrong = [{ key: 'A b', hide: { ids: ['x'] } }, { key: 'b' }];
    await writeFile(join(folder, 'wrong.json'), JSON.stringify(wrong));
    const settings = { MEDLEY_RANKING_RULES: join(folder, 'wrong.json'), MEDLEY_RESIDENT_BYTES: 'x' };
    expect(() => retrievalConfig(settings)).toThrow(refused(/MEDLEY_RESIDENT_BYTES/));
    expect(() => retrievalConfig(settings)).toThrow(refused(/lower-case letters[^]*something to do/));
  });

  it('is refused where it is not there, or no JSON', async () => {
    expect(() => retrievalConfig({ MEDLEY_RANKING_RULES: join(folder, 'none') })).toThrow(
      refused(/cannot be read as a file of ranking rules/),
    );
    await expect(read('[')).rejects.toThrow(refused(/cannot be read as a file of ranking rules/));
  });
});
