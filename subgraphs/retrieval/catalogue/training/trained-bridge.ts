import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { head } from '../../../../src/inference/head.ts';
import type { Head } from '../../../../src/inference/head.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { Bridge } from '../fitting/bridge.ts';
import { LinearMap } from '../fitting/linear-algebra/linear-map.ts';
import { unpack } from '../fitting/packed.ts';
import { WordVectors } from '../fitting/word-vectors.ts';
import { trainedOn } from './trained-folder.ts';
import type { TrainedKind } from './trained-folder.ts';

const schema = trainedOn.extend({
  /** How many pairs it was trained on. */
  pairs: z.int().positive(),
});

/** training/bridge.py writes an ONNX model for pictures and, packed, the rows of a linear map for texts. */
const [MODEL, TEXT_MAP] = ['picture.onnx', 'text.bin'];

const textFacts = z.object({
  dims: z.int().positive(),
  hubWeight: z.number().nonnegative().optional(),
  terms: z.array(z.string()).optional(),
});

export type BridgeFacts = z.infer<typeof schema>;

export const TRAINED_BRIDGE: TrainedKind<BridgeFacts> = {
  name: 'trained bridge',
  facts: schema,
  files: [MODEL, TEXT_MAP],
};

/** A bridge that was trained beside the build, by training/bridge.py. */
export interface TrainedBridge extends BridgeFacts {
  /** Standardised picture features to where both are compared. */
  readonly head: Head;
  /** Centred texts to the same place. */
  readonly textMap: LinearMap;
  /** See TextSide; absent where it was trained before words were. */
  readonly words?: WordVectors;
  /** See TextSide. */
  readonly hubWeight?: number;
}

/** Opens what the recipe has written into a folder. */
export async function openBridge(folder: string, facts: BridgeFacts): Promise<TrainedBridge> {
  const model = await readFile(join(folder, MODEL));
  const packed = unpack(await readFile(join(folder, TEXT_MAP)));
  const { dims, hubWeight, terms } = textFacts.parse(packed.facts);
  const values = packed.arrays.get('rows') ?? new Float32Array();
  const rows = Array.from({ length: values.length / dims }, (_, row) => values.slice(row * dims, (row + 1) * dims));
  const learned = packed.arrays.get('words');
  const words = terms && learned && new WordVectors(terms, learned);
  return { ...facts, head: head(model), textMap: new LinearMap(rows), words, hubWeight };
}

/** As a catalogue whose texts have this mean uses it. */
export function bridgeBy({ head: map, textMap, words, hubWeight }: TrainedBridge, textCentre: Vector): Bridge {
  return { map, textMap, words, hubWeight, textCentre };
}
