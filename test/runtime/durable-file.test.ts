import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeDurably } from '../../src/runtime/durable-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-durable-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a file that several write at once', () => {
  it('holds what one of them wrote, whole, and no one fails', async () => {
    const path = join(folder, 'keys.json');
    const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000 * (i + 1)));
    await Promise.all(contents.map((content) => writeDurably(path, content)));
    expect(contents).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder)).toEqual(['keys.json']);
  });
});

describe('a file that cannot be put in its place', () => {
  it('leaves nothing beside it', async () => {
    const path = join(folder, 'taken');
    await mkdir(join(path, 'by a folder'), { recursive: true });
    await expect(writeDurably(path, 'x')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });
});
