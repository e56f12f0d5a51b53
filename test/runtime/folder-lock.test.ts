import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from '../../src/runtime/folder-lock.ts';

const TAKER = join(import.meta.dirname, 'folder-taker.ts');
/** So many folders at once, for two processes seldom meet over any one of them. */
const FOLDERS = 40;

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** A process that waits for a word before it tries to lock the folders. */
class Taker {
  readonly #child: Child;
  readonly #said: AsyncIterator<string>;

  constructor(folders: readonly string[]) {
    this.#child = spawn(process.execPath, [TAKER, ...folders], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#said = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async ready(): Promise<void> {
    await this.#said.next();
  }

  /** The folders that it has. */
  async take(): Promise<readonly string[]> {
    this.#child.stdin.write('now');
    const said = await this.#said.next();
    return JSON.parse(String(said.value)) as readonly string[];
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

describe('a folder that was locked', () => {
  let root: string;
  let folders: readonly string[];
  const takers: Taker[] = [];
  const start = async (): Promise<Taker> => {
    const taker = new Taker(folders);
    takers.push(taker);
    await taker.ready();
    return taker;
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'medley-locks-'));
    folders = Array.from({ length: FOLDERS }, (_, i) => join(root, String(i)));
  });
  afterEach(async () => {
    await Promise.all(takers.splice(0).map((taker) => taker.kill()));
    await rm(root, { recursive: true, force: true });
  });

  it('by a process that was killed is had by one of several that start at once, and by one alone', async () => {
    const killed = await start();
    expect(await killed.take()).toEqual(folders);
    await killed.kill();
    const next = await Promise.all(Array.from({ length: 4 }, start));
    const had = await Promise.all(next.map((taker) => taker.take()));
    expect(had.flat().sort()).toEqual([...folders].sort());
  });

  it('by a process that this one cannot see, in another container, is left alone as long as it is refreshed', async () => {
    const elsewhere = await start();
    await elsewhere.take();
    const [folder = ''] = folders;
    const file = join(folder, 'writer.json');
    const owner = JSON.parse(await readFile(file, 'utf8')) as object;
    const unseen = { ...owner, pid: 2 ** 22 + 1 };
    await writeFile(file, JSON.stringify({ ...unseen, among: 'a table of processes of its own' }));
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
    await writeFile(file, JSON.stringify(unseen));
    await (await lockFolder(folder)).release();
  });

  it.each(['{', '', 'null', '[]'])(
    'is left alone as long as it is refreshed where its owner cannot be read: %s',
    async (owner) => {
      const elsewhere = await start();
      await elsewhere.take();
      const [folder = ''] = folders;
      await writeFile(join(folder, 'writer.json'), owner);
      await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
    },
  );

  it('leaves nothing behind when it is given back, and is had by the next at once', async () => {
    const [folder = ''] = folders;
    for (let time = 0; time < 2; time++) {
      const lock = await lockFolder(folder);
      await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
      await lock.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });
});
