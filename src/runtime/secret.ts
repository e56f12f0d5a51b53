import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layDataFolder } from './data-folder.ts';
import { hasCode } from './durable-file.ts';
import { MedleyError } from './errors.ts';

/**
 * The secret of this installation: the setting, or one made once and kept in the data folder, readable by its owner alone. Of several
 * processes that make one at once, one wins and all have the same.
 *
 * @throws MedleyError INVALID_SETTING where the one that is kept is empty; as `layDataFolder`
 */
export function installationSecret(setting: string | undefined, dataFolder: string): string {
  if (setting) return setting;
  const file = join(dataFolder, 'secret');
  layDataFolder(dataFolder);
  const secret = readSecret(file) ?? makeSecret(file);
  if (secret.trim() !== '') return secret;
  throw new MedleyError(
    'INVALID_SETTING',
    `The secret in ${file} is empty. Remove the file, or set MEDLEY_SECRET. Cursors signed with the old secret are refused from then on.`,
  );
}

/** Whole or not at all: a file that is linked was written to its end. */
function makeSecret(file: string): string {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(aside, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true });
    linkSync(aside, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  return readFileSync(file, 'utf8');
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    // What is read says no path of itself.
    throw hasCode(error, 'EISDIR') ? Object.assign(error as Error, { path: file }) : error;
  }
}
