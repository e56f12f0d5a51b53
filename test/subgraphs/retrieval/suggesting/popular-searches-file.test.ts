import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retrievalConfig } from '../../../../subgraphs/retrieval/config.ts';
import { linesOf, readPopularSearches } from '../../../../subgraphs/retrieval/suggesting/popular-searches-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-popular-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(text: string): Promise<string> {
  const file = join(folder, 'searches.txt');
  await writeFile(file, text);
  return file;
}

describe('the file of popular searches', () => {
  it('is a search a line, without comments, with or without a byte order mark', async () => {
    for (const mark of ['', '\uFEFF'])
      expect(readPopularSearches(await fileWith(`${mark}# by hand\r\nteal dress \r\n\n  mug\n`))).toEqual([
        'teal dress',
        'mug',
      ]);
  });

  it('is read as it was written, but for what cannot stand in it', async () => {
    const searches = ['teal dress', '#1 dad mug', 'c# book', 'x'.repeat(101), 'größe 38'];
    expect(readPopularSearches(await fileWith(linesOf(searches)))).toEqual(['teal dress', 'c# book', 'größe 38']);
    expect(readPopularSearches(await fileWith(linesOf(Array.from({ length: 10_001 }, String))))).toHaveLength(10_000);
  });

  it('is refused by its setting, line by line, where it is not there, too large or wrong', async () => {
    const read = (MEDLEY_POPULAR_SEARCHES: string) => () => retrievalConfig({ MEDLEY_POPULAR_SEARCHES });
    const refused = (message: RegExp) =>
      expect.objectContaining({ code: 'INVALID_SETTING', message: expect.stringMatching(message) });
    expect(read(join(folder, 'nowhere.txt'))).toThrow(
      refused(/^MEDLEY_POPULAR_SEARCHES: .* cannot be read as a file of searches: .*ENOENT/m),
    );
    const long = await fileWith(`mug\n${'x'.repeat(101)}`);
    expect(read(long)).toThrow(refused(/line 2 has 101 letters; expected at most 100/));
    expect(read(await fileWith('a\n'.repeat(10_001)))).toThrow(refused(/10001 searches; expected at most 10000/));
    const large = await fileWith('');
    await truncate(large, 10_000_001);
    expect(read(large)).toThrow(refused(/more than 10000000 bytes/));
  });
});
