import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { head } from '../../../../src/inference/head.ts';
import { trainedOn } from './trained-folder.ts';
import type { TrainedKind } from './trained-folder.ts';
import type { ItemTower } from '../fitting/towers.ts';

const schema = trainedOn.extend({
  /** How many items it was trained on. */
  items: z.int().positive(),
});

export type ItemVectorFacts = z.infer<typeof schema>;

/** training/item_tower.py writes a model for items, one for queries in words and one for queries by picture. */
const [ITEM, WORDS, PICTURE] = ['item.onnx', 'text.onnx', 'picture.onnx'];

export const TRAINED_ITEM_VECTOR: TrainedKind<ItemVectorFacts> = {
  name: 'trained item vector',
  facts: schema,
  files: [ITEM, WORDS, PICTURE],
};

/** An item tower that was trained beside the build. */
export interface TrainedItemVector extends ItemVectorFacts {
  readonly tower: Required<Omit<ItemTower, 'dims'>>;
}

/** Opens what the recipe has written into a folder. */
export async function openItemVector(folder: string, facts: ItemVectorFacts): Promise<TrainedItemVector> {
  const open = async (name: string) => head(await readFile(join(folder, name)));
  return { ...facts, tower: { item: await open(ITEM), words: await open(WORDS), picture: await open(PICTURE) } };
}
