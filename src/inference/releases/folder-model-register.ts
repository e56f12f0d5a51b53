import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { hasCode, readIfThere, writeDurably } from '../../runtime/durable-file.ts';
import { MedleyError } from '../../runtime/errors.ts';
import { NOTHING_IN_USE, SILENCE } from './model-register.ts';
import type { ModelRegister, ModelsInUse, QueryEncoderProcess } from './model-register.ts';

/**
 * A register in the data folder, for processes of one machine: a file of what is in use, which whoever has the index open writes,
 * and a file for each process that encodes queries.
 */
export function openFolderModelRegister(dataFolder: string): ModelRegister {
  const file = join(dataFolder, 'models.json');
  const folder = join(dataFolder, 'query-encoders');
  const read = async (): Promise<ModelsInUse> => {
    const text = await readIfThere(file);
    return text ? readModels(file, text.toString()) : NOTHING_IN_USE;
  };
  const inTurn = pLimit(1);
  return {
    read,
    update: (change) =>
      inTurn(async () => {
        const next = change(await read());
        await mkdir(dataFolder, { recursive: true });
        await writeDurably(file, JSON.stringify(next));
        return next;
      }),
    attend: async (id, said) => {
      await mkdir(folder, { recursive: true });
      const aside = join(folder, `${id}.new`);
      try {
        await writeFile(aside, JSON.stringify(said));
        await rename(aside, join(folder, `${id}.json`));
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
    },
    leave: (id) => rm(join(folder, `${id}.json`), { force: true }),
    attending: async () => {
      const names = await namesIn(folder);
      const files = names.filter((name) => name.endsWith('.json'));
      const said = await Promise.all(files.map((name) => heard(join(folder, name))));
      return said.filter((one) => one !== undefined);
    },
    close: () => inTurn(() => undefined),
  };
}

/** What a newer release wrote beside it is kept. */
const place = z.looseObject({ modality: z.enum(['TEXT', 'IMAGE']), space: z.string(), folder: z.string() });
const modelsInUse: z.ZodType<ModelsInUse> = z.looseObject({
  inUse: z.array(place),
  before: z.array(place),
  change: z.looseObject({ to: z.object({ text: place, picture: place }), begun: z.number() }).optional(),
});

function readModels(file: string, text: string): ModelsInUse {
  try {
    return modelsInUse.parse(JSON.parse(text));
  } catch (cause) {
    const said = `${file}, which models are in use, is damaged. Restore it from a backup. If only the models of the settings were ever used, you can also remove it.`;
    throw new MedleyError('DATA_FOLDER_UNUSABLE', said, { cause });
  }
}

/** None where nobody has attended yet. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** What a process said; undefined where that was too long ago, or it has left meanwhile. */
async function heard(file: string): Promise<QueryEncoderProcess | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs < SILENCE)
    return readFile(file, 'utf8').then(
      (text) => JSON.parse(text) as QueryEncoderProcess,
      () => undefined,
    );
  await rm(file, { force: true });
  return undefined;
}
