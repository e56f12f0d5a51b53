import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { toRejection } from '../../src/runtime/errors.ts';
import { subgraphError } from '../../src/runtime/graphql-errors.ts';
import { createLogger } from '../../src/runtime/logger.ts';

/** The system has a file whose disk is always full. */
const written = writeFile('/dev/full', 'an item').catch((error: unknown) => error as Error);
/** What LanceDB says where it cannot write. */
const spoken = new Error(
  'lance error: LanceError(IO): No space left on device (os error 28), /home/lance/structural.rs:255:9',
);

describe('a disk that is full', () => {
  it.each([
    ['by a code', () => written],
    ['in words', () => Promise.resolve(spoken)],
  ])('is told as what it is, without a path, whether it is known %s', async (_, from) => {
    const error = (await from()) as Error;
    expect(error).toBeDefined();
    const told = {
      code: 'READ_ONLY',
      message: expect.stringMatching(/^The disk [^/]* is full, and nothing was written/),
    };
    expect(toRejection(error)).toEqual(told);
    const failed = new GraphQLError('failed', { originalError: error });
    const { message, extensions } = subgraphError(failed, createLogger('silent'));
    expect({ code: extensions?.['code'], message }).toEqual(told);
  });
});

describe('a disk that was turned read-only', () => {
  it.each([
    ['by a code', Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' })],
    [
      'in words',
      new Error('lance error: LanceError(IO): Read-only file system (os error 30), /home/lance/local.rs:5:9'),
    ],
  ])('is told as what it is, whether it is known %s', (_, error) => {
    expect(toRejection(error)).toEqual({
      code: 'READ_ONLY',
      message: expect.stringMatching(/^The disk [^/]* is read-only, and nothing was written/),
    });
  });
});

describe('a file that the system refuses', () => {
  it.each([
    ['of another user', 'EACCES', /user [^/]*nothing was written: give the data folder to that user[^/]*$/],
    ['of another user, in words', '(os error 13)', /give the data folder to that user/],
    ['one too many', 'EMFILE', /nothing was written: allow it more[^/]*$/],
    ['one too many, in words', '(os error 24)', /allow it more/],
  ])('is told as what the operator can mend, without a path: %s', (_, said, words) => {
    const error = Object.assign(new Error(`refused, open '/srv/medley/uploads/1' ${said}`), { code: said });
    expect(toRejection(error)).toEqual({ code: 'DATA_FOLDER_UNUSABLE', message: expect.stringMatching(words) });
  });
});
