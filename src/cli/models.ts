import type { Command } from 'commander';
import { readStatement } from '../inference/manifest.ts';
import type { Manifest } from '../inference/manifest.ts';
import { shippedFolders } from '../inference/releases/model-folders.ts';
import type { ModelsInUse } from '../inference/releases/model-register.ts';
import { openModels } from '../inference/releases/open-models.ts';
import { tryModel } from '../inference/releases/try-model.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import { complain } from '../runtime/stop.ts';
import { addUseModelsCommand } from './use-models.ts';

/** Adds `medley models list`, `medley models verify [folders...]` and `medley models use <names...>`. */
export function addModelsCommand(program: Command): void {
  const models = program
    .command('models')
    .description('list, check and change the models that encode words and pictures');
  models
    .command('list')
    .description('list models: names, spaces, sizes, licences, and which are in use')
    .action(listModels);
  models
    .command('verify')
    .argument('[folders...]', 'model folders (default: those in models/)')
    .description('check manifests and hashes, encode a sample with each model, and tell what it was trained on')
    .action(verifyModels);
  addUseModelsCommand(models);
}

async function listModels(): Promise<void> {
  const use = await modelsInUse();
  const used = [...use.inUse, ...use.before].map(({ folder }) => folder).filter((folder) => folder !== '');
  const folders = [...new Set([...(await shippedFolders()), ...used])];
  const rows = await Promise.all(
    folders.map((folder) =>
      readStatement(folder).then(
        (manifest) => `${describeModel(manifest)}  ${stateOf(manifest, use)}`.trimEnd(),
        () => `${folder}  cannot be read; to see why, run: npm run medley -- models verify`,
      ),
    ),
  );
  console.log(rows.join('\n'));
}

async function modelsInUse(): Promise<ModelsInUse> {
  const env = environment();
  const { register } = await openModels({ env, dataFolder: readSettings(env).MEDLEY_DATA_DIR });
  try {
    return await register.read();
  } finally {
    await register.close();
  }
}

function stateOf({ space, modality }: Manifest, { inUse, change }: ModelsInUse): string {
  const next = modality === 'text' ? change?.to.text : change?.to.picture;
  const others = inUse.some((place) => place.space !== space && (place.modality === 'TEXT') === (modality === 'text'));
  if (next?.space === space && others) return 'next: everything is being encoded with it';
  return inUse.some((place) => place.space === space) ? 'in use' : '';
}

/** Goes through all folders, whatever the first ones are like; the exit status tells whether one was wrong. */
async function verifyModels(folders: readonly string[]): Promise<void> {
  for (const folder of folders.length > 0 ? folders : await shippedFolders()) {
    try {
      const manifest = await tryModel(folder);
      console.log([`${describeModel(manifest)}  ok`, ...facts(manifest)].join('\n'));
    } catch (error) {
      complain(error);
    }
  }
}

function describeModel({ name, modality, space, dims, licence, files }: Manifest): string {
  const megabytes = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  return [
    name.padEnd(20),
    modality.padEnd(6),
    space.padEnd(24),
    `${dims} dims`.padEnd(10),
    `${megabytes.toFixed(1)} MB`.padEnd(8),
    licence,
  ].join('  ');
}

function facts({ trainingData = 'not given in its manifest', origin, measured, files }: Manifest): readonly string[] {
  return [
    `  trained on  ${trainingData}`,
    ...origin.map((from) => `  from        ${Object.values(from).map(String).join(' ')}`),
    ...Object.entries(files).map(([name, { sha256 }]) => `  sha256      ${sha256}  ${name}`),
    ...figures(measured).map(([name, figure]) => `  measured    ${name} ${figure}`),
  ];
}

/** Figures that lie in each other, each by the path to it. */
function figures(measured: unknown, path: readonly string[] = []): readonly (readonly [string, string])[] {
  if (typeof measured !== 'object' || measured === null) return [[path.join(', '), String(measured)]];
  return Object.entries(measured).flatMap(([name, within]) => figures(within, [...path, name]));
}
