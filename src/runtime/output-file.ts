import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeDurably } from './durable-file.ts';
import { MedleyError } from './errors.ts';

/** Before a long work: whether its file can be written. @throws MedleyError INVALID_SETTING */
export async function checkOutput(file: string, { force }: { readonly force: boolean }): Promise<void> {
  if (!force && (await isThere(file)))
    throw unwritable(
      `${file} already exists, and somebody may have edited it. Name another file, or overwrite it with --force.`,
    );
  await access(dirname(file), constants.W_OK).catch(() => {
    throw unwritable(`${dirname(file)} is not a folder that this user can write to. Name a file in another folder.`);
  });
}

/** Whole or not at all. @throws MedleyError INVALID_SETTING */
export async function writeOutput(file: string, text: string): Promise<void> {
  await writeDurably(file, text).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw unwritable(`${file} could not be written: ${reason}. Name another file.`);
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
