import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { showProgress } from '../../src/cli/progress.ts';

describe('what is shown of a long work', () => {
  it('says no time left of a phase with nothing to do, and a dash for one that has not moved yet', () => {
    const shown = new PassThrough();
    const bar = showProgress(shown);
    bar.report({ phase: 'encoding', done: 0, total: 0 });
    bar.report({ phase: 'encoding', done: 0, total: 0 });
    bar.report({ phase: 'writing', done: 0, total: 10 });
    bar.report({ phase: 'writing', done: 0, total: 10 });
    bar.stop();
    const lines = String(shown.read())
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.map((line) => line.split('  ').at(-1))).toEqual(['0s left', '0s left', '0s left', '- left']);
  });
});
