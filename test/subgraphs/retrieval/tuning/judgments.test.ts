import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readJudgments } from '../../../../subgraphs/retrieval/tuning/judgments-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-judgments-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, text: string) {
  const file = join(folder, name);
  await writeFile(file, text);
  return readJudgments(file);
}

describe('a file of judgments', () => {
  it('is read the same from CSV and from lines of JSON', async () => {
    const csv = 'query,item,grade\n"dress, teal",a1,4\n"dress, teal",a2,0\nlamp,b1,1.5\n';
    const jsonl = [
      { query: 'dress, teal', item: 'a1', grade: 4 },
      { query: 'dress, teal', item: 'a2', grade: 0 },
      { query: 'lamp', item: 'b1', grade: 1.5 },
    ];
    const read1 = await read('judgments.csv', csv);
    expect(read1).toEqual([
      {
        words: 'dress, teal',
        grades: new Map([
          ['a1', 4],
          ['a2', 0],
        ]),
      },
      { words: 'lamp', grades: new Map([['b1', 1.5]]) },
    ]);
    expect(await read('judgments.jsonl', jsonl.map((line) => JSON.stringify(line)).join('\n'))).toEqual(read1);
  });

  it('may say only what is relevant', async () => {
    const [{ grades } = { grades: new Map() }] = await read(
      'clicks.csv',
      'query,item,relevant\nlamp,a,1\nlamp,b,false\n',
    );
    expect([...grades]).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });

  it.each([
    [
      'a grade that is no number',
      'query,item,grade\nlamp,a,1\nlamp,b,high\n',
      /^Line 3: "grade" is "high"; expected a number from 0 to 4/,
    ],
    ['a grade beyond 4', 'query,item,grade\nlamp,a,5\n', /^Line 2: "grade" is "5"; expected a number from 0 to 4/],
    [
      'no grade',
      'query,item,grade\nlamp,a,\n',
      /^Line 2: there is neither "grade" nor "relevant"; expected query, item/,
    ],
    ['another header', 'words,item,grade\nlamp,a,1\n', /^Line 2: there is no "query"; expected a text/],
    ['relevant as words', 'query,item,relevant\nlamp,a,very\n', /^Line 2: "relevant" is "very"; expected 1 or 0/],
    [
      'two grades for one item',
      'query,item,grade\nlamp,a,1\nlamp,a,3\n',
      /^Line 3: item a has grade 3 for "lamp", but 1/,
    ],
    ['a row that is too long', 'query,item,grade\nlamp,a,1,2\n', /^Line 2: The line cannot be read/],
  ])('with %s is refused by its line', async (_, text, message) => {
    await expect(read('wrong.csv', text)).rejects.toMatchObject({
      code: 'INVALID_JUDGMENTS',
      message: expect.stringMatching(message),
    });
  });

  it('is refused where it cannot be read to its end', async () => {
    const reading = read('cut.csv', 'query,item,grade\nlamp,a,1\nlamp,"b,1\nlamp,c,1\n');
    await expect(reading).rejects.toMatchObject({ code: 'INVALID_JUDGMENTS', message: expect.stringMatching(/Quote/) });
  });

  it('is refused where it is not there, or of another kind', async () => {
    await expect(readJudgments(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'INVALID_JUDGMENTS' });
    await expect(read('judgments.xlsx', '')).rejects.toThrow('expected a name that ends in .csv or .jsonl');
  });
});
