import { accessSync, constants, mkdirSync } from 'node:fs';
import { MedleyError } from './errors.ts';

/**
 * Makes the data folder where there is none yet.
 *
 * @throws MedleyError INVALID_SETTING where it cannot be, or cannot be written
 */
export function layDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new MedleyError(
      'INVALID_SETTING',
      `MEDLEY_DATA_DIR is "${folder}", which this user cannot write to (${String(code)}). Name another folder, or correct its permissions.`,
      { cause },
    );
  }
}
