import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { followDemo } from '../../src/cli/demo.ts';
import { pictureFile, picturesOf, rememberPictures } from '../../src/runtime/catalogue-pictures.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'medley-moved-')));
  await mkdir(join(folder, 'before', 'demo'), { recursive: true });
  await writeFile(join(folder, 'before', 'demo', 'm0001.webp'), 'a picture');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a data folder that is put back elsewhere', () => {
  it('serves the pictures of its demo from there', async () => {
    await rememberPictures(join(folder, 'before'), 'demo', join(folder, 'before', 'demo'));
    const moved = join(folder, 'after');
    await rename(join(folder, 'before'), moved);
    await followDemo(moved);
    expect(await pictureFile(picturesOf(moved, 'demo') ?? '', 'm0001.webp')).toBe(join(moved, 'demo', 'm0001.webp'));
  });

  it('leaves a catalogue of that name alone whose pictures lie where they did', async () => {
    await mkdir(join(folder, 'shop'));
    await rememberPictures(join(folder, 'before'), 'demo', join(folder, 'shop'));
    await followDemo(join(folder, 'before'));
    expect(picturesOf(join(folder, 'before'), 'demo')).toBe(join(folder, 'shop'));
  });
});
