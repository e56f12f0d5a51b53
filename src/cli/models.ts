import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { readManifest } from '../inference/manifest.ts';
import type { Manifest } from '../inference/manifest.ts';
import { openOnnxPictureEncoder } from '../inference/onnx-picture-encoder.ts';
import { openOnnxTextEncoder } from '../inference/onnx-text-encoder.ts';

const SHIPPED = fileURLToPath(new URL('../../models', import.meta.url));

/** Adds `medley models list` and `medley models verify [folders...]`. */
export function addModelsCommand(program: Command): void {
  const models = program.command('models').description('the encoders that are installed');
  models.command('list').description('names, spaces, sizes and licences').action(listModels);
  models
    .command('verify')
    .argument('[folders...]', 'model folders; those of models/ by default')
    .description('checks manifests and hashes, opens each model and encodes a sample')
    .action(verifyModels);
}

async function listModels(): Promise<void> {
  const rows = await Promise.all(
    (await shippedFolders()).map(async (folder) => describeModel(await readManifest(folder))),
  );
  console.log(rows.join('\n'));
}

/** Goes through all folders, whatever the first ones are like; the exit status tells whether one was wrong. */
async function verifyModels(folders: readonly string[]): Promise<void> {
  for (const folder of folders.length > 0 ? folders : await shippedFolders()) {
    try {
      console.log(`${describeModel(await tryModel(folder))}  ok`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  }
}

async function tryModel(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const open = manifest.modality === 'text' ? openOnnxTextEncoder : openOnnxPictureEncoder;
  const encoder = await open(folder, { workers: 1 });
  await encoder.close();
  return manifest;
}

async function shippedFolders(): Promise<readonly string[]> {
  const entries = await readdir(SHIPPED, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(SHIPPED, name));
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
