import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere } from '../../../../src/runtime/durable-file.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';

const MANIFEST = 'manifest.json';

/** What every training tells of what it was trained on. */
export const trainedOn = z.object({
  textSpace: z.string(),
  imageSpace: z.string(),
  /** Items that stand before this one (`order` of draw-sample.ts) were not trained on. */
  from: z.string(),
});

/** What a training leaves in its folder, beside the manifest. */
export interface TrainedKind<Facts> {
  /** As people call it. */
  readonly name: string;
  readonly facts: z.ZodType<Facts>;
  readonly files: readonly string[];
}

/** Where what was trained for a catalogue is kept, by the name of the training. */
export function trainedFolder(dataFolder: string, catalogue: string, training: string): string {
  return join(dataFolder, 'trained', catalogue, training);
}

/** Undefined where there is none. @throws MedleyError INVALID_CATALOGUE where the folder is damaged, or cannot be read. */
export async function readTrained<Facts, Opened>(
  folder: string,
  { name, facts, files }: TrainedKind<Facts>,
  open: (folder: string, facts: Facts) => Promise<Opened>,
): Promise<Opened | undefined> {
  try {
    const text = await readIfThere(join(folder, MANIFEST));
    if (text === undefined) return undefined;
    const manifest: unknown = JSON.parse(text.toString());
    const { sha256 } = z.object({ sha256: z.string() }).parse(manifest);
    if ((await hashOf(folder, files)) !== sha256) throw new RangeError('its files are not those of its manifest');
    return await open(folder, facts.parse(manifest));
  } catch (cause) {
    const message = `The ${name} in ${folder} cannot be read (${String(cause)}). Train it again, or remove the folder.`;
    throw new MedleyError('INVALID_CATALOGUE', message, { cause });
  }
}

/** Writes what is to be known of a training beside it, and puts it in the place of the one that was kept. */
export async function keepTrained(
  folder: string,
  fresh: string,
  { facts, files }: { readonly facts: object; readonly files: readonly string[] },
): Promise<void> {
  await writeFile(join(fresh, MANIFEST), JSON.stringify({ ...facts, sha256: await hashOf(fresh, files) }, null, 2));
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}

async function hashOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of files) hash.update(await readFile(join(folder, name)));
  return hash.digest('hex');
}
