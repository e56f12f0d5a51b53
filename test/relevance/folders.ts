import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../../src/runtime/environment.ts';
import { queryEmbeddingConfig } from '../../subgraphs/query-embedding/config.ts';

/** MEDLEY_EVALUATION_DATA, or ../shared/data from the project's root. */
export function evaluationFolder(env: Environment): string {
  return resolve(env['MEDLEY_EVALUATION_DATA'] ?? '../shared/data');
}

/** Why a row that needs these folders cannot run; undefined where it can. */
export function whatIsMissing(folder: string, needs: readonly string[]): string | undefined {
  const missing = needs.filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return undefined;
  return `there is no evaluation data "${missing.join('", "')}" in ${folder}; MEDLEY_EVALUATION_DATA names the folder that has it`;
}

/** Where encodings are kept: MEDLEY_CACHE_DIR, or the system's cache folder; one folder for each pair of models. */
export function encodingsFolder(env: Environment): string {
  const { text, picture } = queryEmbeddingConfig(env).models;
  const hash = createHash('sha256');
  for (const model of [text, picture]) hash.update(whatEncodes(join(model, 'manifest.json')));
  return join(cacheFolder(env), hash.digest('hex').slice(0, 16));
}

/** A manifest without what is only told of a model: other words for the same weights encode nothing anew. */
function whatEncodes(manifest: string): string {
  const told = new Set(['licence', 'measured', 'origin', 'trainingData']);
  const fields = Object.entries(JSON.parse(readFileSync(manifest, 'utf8')) as Readonly<Record<string, unknown>>);
  return JSON.stringify(fields.filter(([name]) => !told.has(name)));
}

/** What is kept between runs: MEDLEY_CACHE_DIR, or the system's cache folder. */
export function cacheFolder(env: Environment): string {
  return join(env['MEDLEY_CACHE_DIR'] ?? join(systemCache(env), 'medley'), 'relevance');
}

function systemCache(env: Environment): string {
  if (process.platform === 'win32') return env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
}
