import { MedleyError } from './errors.ts';

const A_FILE = 'it is a file where a folder was expected; move it away';
const A_FOLDER = 'it is a folder where a file was expected; move it away';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not; give this user the folder (chown -R), or run as the user who made it',
  EPERM: 'this user may not; give this user the folder (chown -R), or run as the user who made it',
  EROFS: 'its disk is mounted read-only; mount it for writing',
  ENOSPC: 'its disk is full; make room',
  EDQUOT: 'its quota is used up; make room',
  EMFILE: 'this process has as many files open as it may; allow it more (ulimit -n 1024)',
  ENFILE: 'this machine has as many files open as it may; allow it more',
  EEXIST: A_FILE,
  ENOTDIR: A_FILE,
  EISDIR: A_FOLDER,
  ERR_FS_EISDIR: A_FOLDER,
};

/** As LanceDB tells of the same, in words. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/\(os error 13\)/, 'EACCES'],
  [/\(os error 1\)/, 'EPERM'],
  [/\(os error 30\)/, 'EROFS'],
  [/\(os error 28\)/, 'ENOSPC'],
  [/\(os error 122\)/, 'EDQUOT'],
  [/\(os error 24\)/, 'EMFILE'],
  [/\(os error 23\)/, 'ENFILE'],
];

/**
 * What is told to an operator where the system refuses a file or folder to Medley, most often since another user made the data folder,
 * as root does once by `sudo`: DATA_FOLDER_UNUSABLE with what to do. Undefined of all other errors.
 */
export function refusedPath(error: unknown): MedleyError | undefined {
  const { code, path, message = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const known = code ?? SPOKEN.find(([said]) => said.test(message))?.[1] ?? '';
  const reason = REASONS[known];
  if (reason === undefined) return undefined;
  const what = path ?? 'A file of the data folder';
  return new MedleyError('DATA_FOLDER_UNUSABLE', `${what} cannot be read or written (${known}): ${reason}.`, {
    cause: error,
  });
}
