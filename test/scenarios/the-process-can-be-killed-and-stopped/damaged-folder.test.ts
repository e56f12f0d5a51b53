import { cp, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeCornerShop } from '../../support/corner-shop.ts';
import { layEmptyDatabases } from '../../support/empty-databases.ts';
import { killLeft, medleyProcess } from '../../support/medley-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-damaged-'));
  await layEmptyDatabases(join(folder, 'data'));
  const catalogue = await writeCornerShop(folder, 12);
  const report = join(folder, 'report.jsonl');
  const indexed = medleyProcess(['index', catalogue, '--report', report], { MEDLEY_DATA_DIR: join(folder, 'data') });
  expect(await indexed.ended).toBe(0);
});
afterAll(async () => {
  await killLeft();
  await rm(folder, { recursive: true, force: true });
});

describe('a data folder that is damaged', () => {
  it.each([
    ['what was fitted', async (data: string) => truncate(await headFile(data, '.fitting'), 100)],
    ['the head of what serves', async (data: string) => rm(await headFile(data, '.json'))],
    ['no pointer to what serves', (data: string) => rm(join(data, 'index', 'serving.json'))],
    ['which models are in use', (data: string) => truncate(join(data, 'models.json'), 10)],
    ['a file in the place of a folder', (data: string) => withFile(join(data, 'uploads'))],
    ['a folder in the place of a file', (data: string) => withFolder(join(data, 'secret'))],
    ['the pointer to what serves', (data: string) => truncate(join(data, 'index', 'serving.json'), 10)],
  ])('is told in words at the start, and nothing is made anew in its place: %s', async (_, damage) => {
    const data = join(folder, 'damaged');
    await cp(join(folder, 'data'), data, { recursive: true });
    await damage(data);
    const env = { MEDLEY_DATA_DIR: data, MEDLEY_DEMO: 'off', PORT: '0' };
    const start = medleyProcess(['serve'], env);
    const kept = await readdir(join(data, 'index', 'tables'));
    expect([await start.ended, start.printed()]).toEqual([
      1,
      expect.stringMatching(/^DATA_FOLDER_UNUSABLE: [^\n]+\n$/),
    ]);
    expect(await readdir(join(data, 'index', 'tables'))).toEqual(kept);
    await rm(data, { recursive: true });
  });
});

async function headFile(data: string, ending: string): Promise<string> {
  const heads = join(data, 'index', 'heads');
  const names = await readdir(heads);
  return join(heads, names.find((name) => name.endsWith(ending)) ?? '');
}

async function withFile(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await writeFile(path, '');
}

async function withFolder(path: string): Promise<void> {
  await rm(path, { force: true });
  await mkdir(path);
}
