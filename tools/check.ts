import { spawnSync } from 'node:child_process';

/** The one gate: every check in order, all of them run, the failed ones named at the end. `--no-NAME` leaves one out. */
const CHECKS: readonly (readonly [name: string, command: string, ...args: readonly string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['storefront types', 'tsc', '--noEmit', '--project', 'demo/storefront'],
  ['lint', 'eslint', '.', '--max-warnings', '0'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['boundaries', 'depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'subgraphs'],
  ['dead code', 'knip'],
  ['composition', 'node', 'tools/check-composition.ts'],
  ['training', 'node', 'tools/test-training.ts'],
  ['tests', 'npm', 'test'],
];

/** The exit status of a check that cannot run here, and has said why. */
const SKIPPED = 77;

const leftOut = new Set(process.argv.slice(2));
const failed: string[] = [];
for (const [name, command, ...args] of CHECKS) {
  if (leftOut.has(`--no-${name.replace(' ', '-')}`)) continue;
  const started = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === SKIPPED) continue;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
