import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addKey, readKeys, removeKey } from '../../src/gateway/access/key-file.ts';
import { medleyProcess } from '../support/medley-process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const namesIn = async (file: string) => (await readKeys(file))?.map(({ name }) => name).sort();

describe('medley keys add', () => {
  it('makes the first key before Medley was ever started', async () => {
    const dataFolder = join(folder, 'new');
    const adding = medleyProcess(['keys', 'add', 'erp', '--scope', 'catalogue:write'], { MEDLEY_DATA_DIR: dataFolder });
    expect([await adding.ended, adding.printed()]).toEqual([0, expect.stringMatching(/^medley_\S+\n$/)]);
    expect(await readdir(dataFolder)).toEqual(['keys.json']);
  });
});

describe('a file of keys', () => {
  it('has every key that was told, however many are made and withdrawn at once', async () => {
    const file = join(folder, 'keys.json');
    await addKey(file, { name: 'old', scopes: [] });
    const names = Array.from({ length: 8 }, (_, i) => `key ${i}`);
    await Promise.all([...names.map((name) => addKey(file, { name, scopes: [] })), removeKey(file, 'old')]);
    expect(await namesIn(file)).toEqual(names);
  });

  it.each(['', 'x'.repeat(65)])('can still be read after a name that it may not have: "%s"', async (name) => {
    const file = join(folder, 'keys.json');
    await addKey(file, { name: 'erp', scopes: [] });
    await expect(addKey(file, { name, scopes: [] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await namesIn(file)).toEqual(['erp']);
  });

  it.each([
    ['that is empty', ''],
    ['that was cut', '{"keys": ['],
    ['that is no file of keys', '{"keys": [{"name": 1}]}'],
  ])('is told with its place where it is one %s', async (_, text) => {
    const file = join(folder, 'keys.json');
    await writeFile(file, text);
    const refused = { code: 'INVALID_SETTING', message: expect.stringContaining(file) };
    await expect(readKeys(file)).rejects.toMatchObject(refused);
  });

  it('may have been saved by an editor that marks it', async () => {
    const file = join(folder, 'keys.json');
    await addKey(file, { name: 'erp', scopes: [] });
    await writeFile(file, `\uFEFF${await readFile(file, 'utf8')}`);
    expect(await namesIn(file)).toEqual(['erp']);
  });

  it('is told with its place where it can be neither written nor read', async () => {
    await writeFile(join(folder, 'taken'), '');
    const file = join(folder, 'taken', 'keys.json');
    const refused = { code: 'INVALID_SETTING', message: expect.stringContaining(file) };
    await expect(addKey(file, { name: 'erp', scopes: [] })).rejects.toMatchObject(refused);
    await expect(readKeys(folder)).rejects.toMatchObject({ code: 'INVALID_SETTING' });
  });
});
