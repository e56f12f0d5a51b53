import { MedleyError } from '../../../../src/runtime/errors.ts';
import { refusedPath } from '../../../../src/runtime/refused-path.ts';

/** Nothing is made anew in the place of what cannot be read: it may be only this user who cannot, or only now. */
export function unreadableIndex(folder: string, cause: unknown): MedleyError {
  if (cause instanceof MedleyError) return cause;
  const refused = refusedPath(cause);
  if (refused) return refused;
  const [reason = ''] = String(cause instanceof Error ? cause.message : cause).split('\n');
  const said = `The index in ${folder} cannot be read (${reason.slice(0, 200)}). Restore the data folder from a backup, or move this folder away and index the catalogue again.`;
  return new MedleyError('DATA_FOLDER_UNUSABLE', said, { cause });
}
