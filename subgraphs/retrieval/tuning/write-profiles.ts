import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeDurably } from '../../../src/runtime/durable-file.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';
import { readProfiles } from '../ranking-profiles.ts';

/**
 * Before a long work: whether profiles can be written there without loss. A file that is there has to hold those that are known, which
 * are written again.
 *
 * @throws MedleyError INVALID_SETTING
 */
export async function checkProfilesFile(file: string, known: readonly RankingProfile[]): Promise<void> {
  await access(dirname(file), constants.W_OK).catch(() => {
    throw unwritable(`${dirname(file)} is no folder that can be written to. Name a file in another.`);
  });
  if ((await isThere(file)) && !isDeepStrictEqual(readProfiles(file), known))
    throw unwritable(
      `${file} has other ranking profiles than MEDLEY_RANKING_PROFILES says here, and they would be lost. ` +
        `Set MEDLEY_RANKING_PROFILES=${file} for this command, as for the server, or name another file.`,
    );
}

/** Writes profiles as MEDLEY_RANKING_PROFILES takes them: all that there are, and one more. @throws MedleyError INVALID_SETTING */
export async function writeProfiles(
  file: string,
  known: readonly RankingProfile[],
  next: RankingProfile,
): Promise<void> {
  await checkProfilesFile(file, known);
  await writeDurably(file, `${JSON.stringify([...known, next], null, 2)}\n`).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw unwritable(`The profiles could not be written: ${reason}. Name another file.`);
  });
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function unwritable(message: string): MedleyError {
  return new MedleyError('INVALID_SETTING', message);
}
