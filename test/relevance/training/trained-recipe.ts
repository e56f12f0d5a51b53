import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runRecipe } from '../../../src/cli/recipe.ts';
import { environment } from '../../../src/runtime/environment.ts';
import { cacheFolder } from '../folders.ts';

export interface RecipeOrder {
  /** A file of training/. */
  readonly recipe: string;
  /** What it reads, packed; nothing of the test part is in it. */
  readonly packed: Uint8Array;
  readonly args?: readonly string[];
  readonly say: (line: string) => void;
}

const TRAINING = new URL('../../../training/', import.meta.url);
const DONE = 'done.json';

/**
 * The folder of what a recipe made of this input. It is trained once and kept in the cache, until the input, the recipe or what it
 * is built on changes; interrupted, it goes on where it was. Nothing of it is committed.
 *
 * @throws MedleyError INVALID_SETTING without a Python that can train: the row is skipped then
 */
export async function trainedRecipe({ recipe, packed, args = [], say }: RecipeOrder): Promise<string> {
  const hash = createHash('sha256').update(packed).update(args.join('\0'));
  for (const file of await sourcesOf(recipe)) hash.update(await readFile(new URL(file, TRAINING)));
  const folder = join(
    cacheFolder(environment()),
    'trained',
    recipe.replace('.py', ''),
    hash.digest('hex').slice(0, 16),
  );
  if (existsSync(join(folder, DONE))) return folder;
  await mkdir(folder, { recursive: true });
  const input = join(folder, 'input.bin');
  await writeFile(input, packed);
  const answer = await runRecipe({ recipe, args: [input, folder, ...args], env: environment(), onLine: say });
  await writeFile(join(folder, DONE), JSON.stringify(answer));
  await rm(input);
  return folder;
}

/** A recipe and the files of training/ that it imports, in the order of their names. */
async function sourcesOf(recipe: string): Promise<readonly string[]> {
  const there = new Set(await readdir(TRAINING));
  const found = new Set<string>();
  const waiting = [recipe];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const source = await readFile(new URL(file, TRAINING), 'utf8');
    const imported = [...source.matchAll(/^(?:from|import) (\w+)/gm)].map(([, name = '']) => `${name}.py`);
    waiting.push(...imported.filter((name) => there.has(name)));
  }
  return [...found].sort();
}
