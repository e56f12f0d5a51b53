import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { environment } from '../src/runtime/environment.ts';

/** The tests of training/, with the Python of MEDLEY_PYTHON. Where that has not what they need, says so and ends with SKIPPED. */
const SKIPPED = 77;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Prints those of its arguments that are not installed, a line each. */
const MISSING = `
import sys
from importlib.metadata import PackageNotFoundError, version
for name in sys.argv[1:]:
    try:
        version(name)
    except PackageNotFoundError:
        print(name)
`;

/** Why this Python cannot run them; undefined where it has everything that training/requirements.txt lists. */
function whyNot(python: string): string | undefined {
  const lines = readFileSync(new URL('../training/requirements.txt', import.meta.url), 'utf8').split(/\r?\n/);
  const required = lines.flatMap((line) => /^[\w.-]+/.exec(line)?.[0] ?? []);
  const { status, stdout } = spawnSync(python, ['-c', MISSING, ...required], { encoding: 'utf8' });
  if (status !== 0) return `there is no Python "${python}" that runs`;
  const missing = stdout.split(/\r?\n/).filter((name) => name !== '');
  return missing.length === 0 ? undefined : `"${python}" lacks ${missing.join(', ')}`;
}

const env = environment();
const python = env['MEDLEY_PYTHON'] ?? 'python3';
const reason = whyNot(python);
if (reason === undefined) {
  // Threads that wait busily for each other make training many times slower on a machine that others use, too.
  const own = { ...env, OMP_WAIT_POLICY: 'passive' };
  const tests = ['-m', 'unittest', 'discover', 'training', '--buffer'];
  const { status } = spawnSync(python, tests, { cwd: ROOT, env: own, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  console.log(`skipped training: ${reason}; MEDLEY_PYTHON names one that has what training/requirements.txt lists`);
  process.exitCode = SKIPPED;
}
