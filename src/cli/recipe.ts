import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../runtime/environment.ts';
import { MedleyError } from '../runtime/errors.ts';

export interface RecipeRun {
  /** A file of `training/`. */
  readonly recipe: string;
  readonly args: readonly string[];
  readonly env: Environment;
  /** Hears how far the training has come, a line at a time. */
  readonly onLine?: (line: string) => void;
  /** Interrupts it. */
  readonly signal?: AbortSignal;
}

const TRAINING = new URL('../../training/', import.meta.url);
const LAST_WORDS = 12;

/**
 * Runs a training recipe with the Python of MEDLEY_PYTHON and answers the line of JSON that it prints at its end.
 *
 * @throws MedleyError INVALID_SETTING where there is no such Python, or it lacks what training/requirements.txt asks for
 */
export async function runRecipe({ recipe, args, env, onLine, signal }: RecipeRun): Promise<unknown> {
  const python = env['MEDLEY_PYTHON'] ?? 'python3';
  const file = fileURLToPath(new URL(recipe, TRAINING));
  // Threads that wait busily for each other make training many times slower on a machine that others use, too.
  const child = spawn(python, [file, ...args], {
    env: { ...env, OMP_WAIT_POLICY: 'passive' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    said.push(line);
    said.splice(0, said.length - LAST_WORDS);
    onLine?.(line);
  });
  let answer = '';
  createInterface(child.stdout).on('line', (line) => (answer = line));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => {
      reject(signal?.aborted ? cause : unusable(python, cause.message));
    });
    child.once('close', resolve);
  });
  if (code === 0) return JSON.parse(answer) as unknown;
  const last = said.join('\n');
  if (last.includes('ModuleNotFoundError')) throw unusable(python, said.at(-1) ?? '');
  throw new Error(`training/${recipe} ended with ${String(code)}:\n${last}`);
}

function unusable(python: string, reason: string): MedleyError {
  const advice = 'Install training/requirements.txt into a virtual environment, and name its Python in MEDLEY_PYTHON.';
  return new MedleyError('INVALID_SETTING', `"${python}" cannot run the training (${reason}). ${advice}`);
}
