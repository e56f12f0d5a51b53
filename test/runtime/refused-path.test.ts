import { describe, expect, it } from '@jest/globals';
import { refusedPath } from '../../src/runtime/refused-path.ts';

describe('a file that the system refuses', () => {
  it.each([
    ['EACCES', 'chown'],
    ['EROFS', 'mounted read-only'],
    ['ENOSPC', 'make room'],
    ['EMFILE', 'ulimit -n'],
    ['EEXIST', 'a folder was expected'],
    ['ENOTDIR', 'a folder was expected'],
    ['EISDIR', 'a file was expected'],
    ['ERR_FS_EISDIR', 'a file was expected'],
  ])('is told with what to do about it (%s)', (code, advice) => {
    const error = Object.assign(new Error(`${code}: refused`), { code, path: '/var/lib/medley/index/writer.lock' });
    const { code: told, message } = refusedPath(error) ?? {};
    expect([told, message]).toEqual(['DATA_FOLDER_UNUSABLE', expect.stringContaining(advice)]);
    expect(message).toContain('/var/lib/medley/index/writer.lock');
  });

  it('is known where LanceDB tells of it in words, too', () => {
    const spoken = new Error('lance error: LanceError(IO): Permission denied (os error 13), /home/lance/local.rs:5:9');
    expect(refusedPath(spoken)?.message).toContain('EACCES');
  });

  it('is not made of any other error', () => {
    expect(refusedPath(Object.assign(new Error('no'), { code: 'ENOENT', path: '/x' }))).toBeUndefined();
  });
});
