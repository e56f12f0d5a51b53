import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { head } from '../../../../src/inference/head.ts';
import type { Head } from '../../../../src/inference/head.ts';
import { trainedOn } from './trained-folder.ts';
import type { TrainedKind } from './trained-folder.ts';

const schema = trainedOn.extend({
  /** How many pairs it was trained on. */
  pairs: z.int().positive(),
});

export type CompanionFacts = z.infer<typeof schema>;

/** training/companions.py writes a model for items. */
const ITEM = 'item.onnx';

export const TRAINED_COMPANIONS: TrainedKind<CompanionFacts> = {
  name: 'trained tower of companions',
  facts: schema,
  files: [ITEM],
};

/** A tower for what viewers choose together that was trained beside the build. */
export interface TrainedCompanions extends CompanionFacts {
  readonly item: Head;
}

/** Opens what the recipe has written into a folder. */
export async function openCompanions(folder: string, facts: CompanionFacts): Promise<TrainedCompanions> {
  return { ...facts, item: head(await readFile(join(folder, ITEM))) };
}
