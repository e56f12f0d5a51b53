import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ChildProgram } from '../../src/cli/child-program.ts';
import { environment } from '../../src/runtime/environment.ts';
import { isAlive, until } from '../support/is-alive.ts';

const SMALL = join(import.meta.dirname, 'small-program.ts');
const STARTER = join(import.meta.dirname, 'starter.ts');

let folder: string;
let env: Readonly<Record<string, string | undefined>>;
const started: ChildProgram[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-child-'));
  env = { ...environment(), PORT: '0', MEDLEY_DATA_DIR: folder, MEDLEY_LOG_LEVEL: 'silent' };
});
afterEach(async () => {
  await Promise.all(started.map((child) => child.stop()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function small(settings: { readonly file?: string; readonly onLost?: (name: string, how: string) => void } = {}) {
  const child = new ChildProgram({ name: 'small', file: SMALL, env, onLost: () => undefined, ...settings });
  started.push(child);
  return child;
}

describe('a program that was started as a process of its own', () => {
  it('tells where it listens, and is gone once it was stopped', async () => {
    const child = small();
    const address = await child.start();
    expect((await fetch(address)).status).toBe(404);
    const { pid = 0 } = child;
    await child.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('is started again when it ends by itself', async () => {
    const lost: string[] = [];
    const child = small({ onLost: (name, how) => lost.push(`${name} ${how}`) });
    await child.start();
    const { pid: first = 0 } = child;
    process.kill(first, 'SIGKILL');
    await until(() => child.pid !== first);
    expect(lost).toEqual(['small SIGKILL']);
    expect(isAlive(first)).toBe(false);
  });

  it('is not started again when it ends on the way up: whoever starts it is told', async () => {
    const file = join(folder, 'ends.mjs');
    await writeFile(file, 'process.exit(3);');
    await expect(small({ file }).start()).rejects.toMatchObject({
      code: 'NOT_READY',
      message: 'small ended while it was starting (3). What it printed before that is above.',
    });
  });

  it('ends with the process that started it, however that one ends', async () => {
    const starter = spawn(process.execPath, [STARTER], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(starter.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    expect(isAlive(pid)).toBe(true);
    starter.kill('SIGKILL');
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
  });
});
