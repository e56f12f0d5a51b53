import { MedleyError } from './errors.ts';

/** Pictures that came with an item as an upload are served under this path, which no catalogue can have. */
export const KEPT_PATH = '/pictures/~kept/';

/** The id of the upload, which is of its content, and what kind of file it is: so a name never stands for another picture. */
const NAME = /^[0-9a-f]{32}\.(jpg|png|webp|gif|avif)$/;

export function isKeptName(name: string): boolean {
  return NAME.test(name);
}

/** The name of a kept picture by the path that it is served at; undefined for any other path. */
export function keptName(path: string): string | undefined {
  return path.startsWith(KEPT_PATH) ? path.slice(KEPT_PATH.length).replace(/[?#].*$/s, '') : undefined;
}

export function notServed(): MedleyError {
  return new MedleyError('UNKNOWN_IMAGE', 'There is no picture at this path. Use the URL from an item unchanged.');
}
