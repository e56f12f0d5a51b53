import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkFile, writeJudgments } from '../../../../subgraphs/retrieval/judging/write-judgments.ts';
import { readJudgments } from '../../../../subgraphs/retrieval/tuning/judgments-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-judging-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const evidence = { shown: 12, chosen: 3, worth: 3, expected: 1.234 };
const JUDGMENTS = [
  { query: 'dress, "teal"', item: 'a1', grade: 4, ...evidence },
  { query: 'dress, "teal"', item: 'a,2', grade: 0, ...evidence },
  { query: 'größe 38', item: '007', grade: 2, ...evidence },
];

describe('a file of judgments', () => {
  it.each(['clicks.csv', 'clicks.jsonl'])('is what tune reads (%s), and no file is left beside it', async (name) => {
    const file = join(folder, name);
    await writeJudgments(file, JUDGMENTS);
    expect(await readJudgments(file)).toEqual([
      {
        words: 'dress, "teal"',
        grades: new Map([
          ['a1', 4],
          ['a,2', 0],
        ]),
      },
      { words: 'größe 38', grades: new Map([['007', 2]]) },
    ]);
    expect((await readdir(folder)).filter((each) => each.includes(name))).toEqual([name]);
  });

  it('tells a person how often items were shown and chosen, and how often that was to be expected', async () => {
    const file = join(folder, 'why.csv');
    await writeJudgments(file, JUDGMENTS);
    const [header, first] = (await readFile(file, 'utf8')).split('\n');
    expect(header).toBe('query,item,grade,shown,chosen,expected');
    expect(first).toBe('"dress, ""teal""",a1,4,12,3,1.2');
  });

  it('is not written over unless that is asked for', async () => {
    const file = join(folder, 'mended.csv');
    await checkFile(file, { force: false });
    await writeJudgments(file, JUDGMENTS);
    await expect(checkFile(file, { force: false })).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: expect.stringMatching(/mended\.csv already.*--force/),
    });
    await checkFile(file, { force: true });
  });

  it('is refused before the work where it could not be written or read', async () => {
    await expect(checkFile(join(folder, 'nowhere', 'clicks.csv'), { force: false })).rejects.toThrow('is not a folder');
    await expect(checkFile('clicks.xlsx', { force: false })).rejects.toThrow(
      'expected a name that ends in .csv or .jsonl',
    );
  });
});
