import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const LOGGER = new URL('../../src/runtime/logger.ts', import.meta.url).href;

/** Logs, goes on a little, and ends. */
const PROGRAM = `
const { createLogger } = await import('${LOGGER}');
const log = createLogger('info');
for (let line = 0; line < 3; line++) {
  log.warn({ line }, 'something is told');
  await new Promise((done) => setTimeout(done, 50));
}
console.log('went on');
log.warn('the end is told');
process.exit(0);`;

/** A program that waits for its log would do so for ever. */
const run = (stderr: number | 'pipe') =>
  spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    stdio: ['ignore', 'pipe', stderr],
    encoding: 'utf8',
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });

describe('the log', () => {
  it('tells every line where it can be written', () => {
    const { status, stdout, stderr } = run('pipe');
    expect([status, stdout, stderr.trim().split('\n')]).toEqual([
      0,
      'went on\n',
      [
        ...[0, 1, 2].map((line) => expect.stringContaining(`"line":${String(line)}`)),
        expect.stringContaining('the end'),
      ],
    ]);
  });

  it('stops nobody where its disk is full, neither in the work nor at the end', () => {
    const { status, stdout } = run(openSync('/dev/full', 'w'));
    expect([status, stdout]).toEqual([0, 'went on\n']);
  });
});
