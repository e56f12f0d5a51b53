import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { layEmptyDatabases } from '../support/empty-databases.ts';
import { killLeft, medleyProcess } from '../support/medley-process.ts';

let folder: string;
let catalogue: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-report-'));
  catalogue = join(folder, 'catalogue.json');
  await writeFile(join(folder, 'items.jsonl'), '{"id":1}\n{"id":2}\n');
  const file = { name: 'hopeless', items: { file: 'items.jsonl' }, fields: { id: 'id', title: 'title' } };
  await writeFile(catalogue, JSON.stringify(file));
});
afterAll(async () => {
  await killLeft();
  await rm(folder, { recursive: true, force: true });
});

describe('the report of what was left out', () => {
  it('that cannot be written is refused before anything begins', async () => {
    const data = join(folder, 'untouched');
    const index = medleyProcess(['index', catalogue, '--report', join(folder, 'nowhere', 'report.jsonl')], {
      MEDLEY_DATA_DIR: data,
    });
    expect([await index.ended, index.printed()]).toEqual([1, expect.stringMatching(/^INVALID_INPUT: .*--report.*\n$/)]);
    await expect(readdir(data)).rejects.toThrow('ENOENT');
  });

  it('lies in the data folder where no other place is named, and its place is told', async () => {
    const data = join(folder, 'data');
    await layEmptyDatabases(data);
    const index = medleyProcess(['index', catalogue], { MEDLEY_DATA_DIR: data });
    expect(await index.ended).toBe(1);
    const report = join(data, 'index-report.jsonl');
    expect(index.printed()).toContain(report);
    expect((await readFile(report, 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  it('is refused with the name of the setting where there can be no data folder', async () => {
    const index = medleyProcess(['index', catalogue], { MEDLEY_DATA_DIR: catalogue });
    expect([await index.ended, index.printed()]).toEqual([
      1,
      expect.stringMatching(/^INVALID_SETTING: MEDLEY_DATA_DIR is .*catalogue\.json.*\n$/),
    ]);
  });
});
