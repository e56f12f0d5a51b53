import type { Encoders } from '../open-encoders.ts';
import { openDatabase } from '../../runtime/database.ts';
import { readSettings } from '../../runtime/environment.ts';
import type { Environment } from '../../runtime/environment.ts';
import { openFolderModelRegister } from './folder-model-register.ts';
import { namedModels } from './model-folders.ts';
import { Models } from './models.ts';
import { openSqlModelRegister } from './sql-model-register.ts';

export interface OpenModelsSettings {
  readonly env: Environment;
  readonly dataFolder: string;
  /** Threads of each encoder; the number of cores when absent. */
  readonly workers?: number;
  /** Take the place of what settings and register say. */
  readonly brought?: Encoders;
}

/** The models of a process, by its settings; nothing is loaded yet. Close its register when all is given back. */
export async function openModels({ env, dataFolder, workers, brought }: OpenModelsSettings): Promise<Models> {
  const { MEDLEY_DATABASE_URL: url } = readSettings(env);
  const register = url ? await openSqlModelRegister(openDatabase({ url })) : openFolderModelRegister(dataFolder);
  return new Models({ register, named: namedModels(env), workers, brought });
}
