import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layDataFolder } from './data-folder.ts';

/** The secret of this installation: the setting, or one made once and kept in the data folder, readable by its owner alone. Errors: as `layDataFolder`. */
export function installationSecret(setting: string | undefined, dataFolder: string): string {
  if (setting) return setting;
  const file = join(dataFolder, 'secret');
  layDataFolder(dataFolder);
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}
