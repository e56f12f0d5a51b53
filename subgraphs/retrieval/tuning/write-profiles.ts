import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { checkOutput, writeOutput } from '../../../src/runtime/output-file.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';
import { readProfiles } from '../ranking-profiles.ts';

/**
 * Before a long work: whether profiles can be written there without loss. A file that is there has to hold those that are known, which
 * are written again.
 *
 * @throws MedleyError INVALID_SETTING
 */
export async function checkProfilesFile(file: string, known: readonly RankingProfile[]): Promise<void> {
  await checkOutput(file, { force: true });
  if (existsSync(file) && !isDeepStrictEqual(readProfiles(file), known))
    throw new MedleyError(
      'INVALID_SETTING',
      `${file} has ranking profiles that are not in MEDLEY_RANKING_PROFILES here, and they would be lost. ` +
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
  await writeOutput(file, `${JSON.stringify([...known, next], null, 2)}\n`);
}
