import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const TEXT_MODEL = fileURLToPath(new URL('../../models/minilm-l6-v2', import.meta.url));
export const PICTURE_MODEL = fileURLToPath(new URL('../../models/efficientnet-lite0', import.meta.url));

/** The reason to skip what needs the real models; undefined where they lie in place. */
export const WITHOUT_MODELS = [TEXT_MODEL, PICTURE_MODEL].every((folder) => existsSync(`${folder}/manifest.json`))
  ? undefined
  : 'models/ does not hold the weights';
