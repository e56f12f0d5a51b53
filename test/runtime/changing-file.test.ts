import { mkdtemp, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { appendFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openChangingFile } from '../../src/runtime/changing-file.ts';
import type { ChangingFile } from '../../src/runtime/changing-file.ts';
import { until } from '../support/is-alive.ts';

let folder: string;
let opened: ChangingFile<string> | undefined;
let refusals: unknown[];
let texts: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-file-'));
  refusals = [];
  texts = [];
});
afterEach(async () => {
  opened?.close();
  opened = undefined;
  await rm(folder, { recursive: true });
});

function read(file: string): string {
  const text = readFileSync(file, 'utf8');
  texts.push(text);
  if (text === 'wrong') throw new Error('wrong');
  return text;
}

async function follow(file: string): Promise<ChangingFile<string>> {
  const onRefused = (error: unknown) => refusals.push(error);
  opened = await openChangingFile({ file, read, onRead: () => undefined, onRefused });
  return opened;
}

describe('a file that may change', () => {
  it('is refused as it is at first, where it is wrong or not there', async () => {
    const file = join(folder, 'a');
    await expect(follow(file)).rejects.toThrow('ENOENT');
    await writeFile(file, 'wrong');
    await expect(follow(file)).rejects.toThrow('wrong');
  });

  it('is read again where it is as long and as old as before', async () => {
    const file = join(folder, 'a');
    await writeFile(file, 'one');
    await utimes(file, 1, 1);
    const { current } = await follow(file);
    await writeFile(file, 'two');
    await utimes(file, 1, 1);
    await until(() => current() === 'two');
  });

  it('is read again where a link leads elsewhere, as where a config map is mounted', async () => {
    for (const version of ['one', 'two']) await writeFile(join(folder, version), version);
    const link = join(folder, 'link');
    await symlink(join(folder, 'one'), link);
    const { current } = await follow(link);
    expect(current()).toBe('one');
    await symlink(join(folder, 'two'), `${link}.new`);
    await rename(`${link}.new`, link);
    await until(() => current() === 'two');
  });

  it('is not read while it is being written', async () => {
    const file = join(folder, 'a');
    await writeFile(file, 'one');
    const { current } = await follow(file);
    await writeFile(file, '');
    for (let part = 0; part < 50; part++) {
      appendFileSync(file, 'two ');
      await sleep(50);
    }
    await until(() => current() === 'two '.repeat(50));
    expect(texts).toEqual(['one', 'two '.repeat(50)]);
  });

  it('says what it said before while it is wrong or away, which is told once a change', async () => {
    const file = join(folder, 'a');
    await writeFile(file, 'one');
    const { current } = await follow(file);
    await writeFile(file, 'wrong');
    await until(() => refusals.length === 1);
    await rm(file);
    await until(() => refusals.length === 2);
    expect(current()).toBe('one');
    await writeFile(file, 'two');
    await until(() => current() === 'two');
    expect(refusals).toHaveLength(2);
    expect(await readdir(folder)).toEqual(['a']);
  });
});
