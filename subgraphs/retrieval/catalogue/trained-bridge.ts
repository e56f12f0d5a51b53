import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { head } from '../../../src/inference/head.ts';
import type { Head } from '../../../src/inference/head.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { LinearMap } from './linear-algebra/linear-map.ts';
import { unpack } from './packed.ts';

const schema = z.object({
  textSpace: z.string(),
  imageSpace: z.string(),
  /** Items that stand before this one (`order` of draw-sample.ts) were not trained on. */
  from: z.string(),
  /** How many items it was trained on. */
  pairs: z.int().positive(),
});

/** training/bridge.py writes an ONNX model for pictures and, packed, the rows of a linear map for texts. */
const [MANIFEST, MODEL, TEXT_MAP] = ['manifest.json', 'picture.onnx', 'text.bin'];

export type BridgeFacts = z.infer<typeof schema>;

/** A bridge that was trained beside the build, by training/bridge.py. */
export interface TrainedBridge extends BridgeFacts {
  /** Standardised picture features to where both are compared. */
  readonly head: Head;
  /** Centred texts to the same place. */
  readonly textMap: LinearMap;
}

/** Where the bridge of a catalogue is kept. */
export function trainedBridgeFolder(dataFolder: string, catalogue: string): string {
  return join(dataFolder, 'trained', catalogue, 'bridge');
}

/** Undefined where there is none. @throws MedleyError INVALID_CATALOGUE where the folder is damaged. */
export async function readTrainedBridge(folder: string): Promise<TrainedBridge | undefined> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { sha256, ...facts } = schema.extend({ sha256: z.string() }).parse(JSON.parse(text));
    if ((await hashOf(folder)) !== sha256) throw new RangeError('its files are not those that the manifest tells of');
    return await openBridge(folder, facts);
  } catch (cause) {
    const message = `The trained bridge in ${folder} is damaged; train it again or remove the folder: ${String(cause)}`;
    throw new MedleyError('INVALID_CATALOGUE', message, { cause });
  }
}

/** Opens what the recipe has written into a folder. */
export async function openBridge(folder: string, facts: BridgeFacts): Promise<TrainedBridge> {
  const model = await readFile(join(folder, MODEL));
  const packed = unpack(await readFile(join(folder, TEXT_MAP)));
  const { dims } = z.object({ dims: z.int().positive() }).parse(packed.facts);
  const values = packed.arrays.get('rows') ?? new Float32Array();
  const rows = Array.from({ length: values.length / dims }, (_, row) => values.slice(row * dims, (row + 1) * dims));
  return { ...facts, head: head(model), textMap: new LinearMap(rows) };
}

/** Writes what is to be known of a bridge beside it, and puts it in the place of the one that was kept. */
export async function keepBridge(folder: string, fresh: string, facts: BridgeFacts): Promise<void> {
  await writeFile(join(fresh, MANIFEST), JSON.stringify({ ...facts, sha256: await hashOf(fresh) }, null, 2));
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of [MODEL, TEXT_MAP]) hash.update(await readFile(join(folder, name)));
  return hash.digest('hex');
}
