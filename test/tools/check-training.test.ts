import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OTHERS = ['types', 'storefront-types', 'lint', 'format', 'boundaries', 'dead-code', 'composition', 'tests'];

/** `npm run check` without its other checks. */
function checked(python: string) {
  const args = ['tools/check.ts', ...OTHERS.map((name) => `--no-${name}`)];
  const env = { ...process.env, MEDLEY_PYTHON: python };
  return spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
}

describe('the check of what trains', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'medley-python-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A Python that says of packages what it is told to, and of tests how they ended. */
  async function python({ lacks, tests }: { readonly lacks: string; readonly tests: number }): Promise<string> {
    const file = join(folder, 'python');
    const lines = ['#!/bin/sh', `[ "$1" = -c ] && { printf '${lacks}'; exit 0; }`, 'echo "ran $*"', `exit ${tests}`];
    await writeFile(file, `${lines.join('\n')}\n`);
    await chmod(file, 0o755);
    return file;
  }

  it('is left out where there is no Python, and one line says so', () => {
    const { status, stdout } = checked('/nowhere/python');
    expect(stdout.trim()).toMatch(/^skipped training: there is no Python "\/nowhere\/python" that runs; MEDLEY_PYTHON/);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(0);
  });

  const onPosix = process.platform === 'win32' ? it.skip : it;

  onPosix('is left out where Python lacks what training needs, and names it', async () => {
    const { status, stdout } = checked(await python({ lacks: 'torch\\nonnx\\n', tests: 0 }));
    expect(stdout).toMatch(/^skipped training: ".*" lacks torch, onnx; /);
    expect(stdout).not.toContain('ran ');
    expect(status).toBe(0);
  });

  onPosix('runs every test of training/ and fails with them', async () => {
    const passing = checked(await python({ lacks: '', tests: 0 }));
    expect(passing.stdout).toMatch(/^ran -m unittest discover training --buffer\npassed {2}training/);
    expect(passing.status).toBe(0);
    const failing = checked(await python({ lacks: '', tests: 1 }));
    expect(failing.stdout).toContain('FAILED  training');
    expect(failing.stderr).toContain('failed: training');
    expect(failing.status).toBe(1);
  });
});
