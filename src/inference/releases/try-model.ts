import { readManifest } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { openOnnxPictureEncoder } from '../onnx-picture-encoder.ts';
import { openOnnxTextEncoder } from '../onnx-text-encoder.ts';

/**
 * Reads a model folder, checks its hashes and encodes a sample.
 *
 * @throws ModelFolderError
 */
export async function tryModel(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const open = manifest.modality === 'text' ? openOnnxTextEncoder : openOnnxPictureEncoder;
  const encoder = await open(folder, { workers: 1 });
  await encoder.close();
  return manifest;
}
