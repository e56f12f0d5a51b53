import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Of every arm of a recipe; what a row tells is their mean. More of them take as many times as long. */
export const SEEDS = 1;

/** The folders of one arm that a recipe has trained, a seed each: FOLDER/ARM/SEED. */
export async function seedsOf(folder: string, arm: string): Promise<readonly string[]> {
  const seeds = await readdir(join(folder, arm));
  return seeds.sort().map((seed) => join(folder, arm, seed));
}
