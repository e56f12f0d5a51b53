import { adoptItemVector } from './adopt-item-vector.ts';
import { itemVectorInput } from './item-vector-input.ts';
import { openItemVector, TRAINED_ITEM_VECTOR } from './trained-item-vector.ts';
import type { ItemVectorFacts, TrainedItemVector } from './trained-item-vector.ts';
import type { Training } from './training.ts';

/** One vector an item on what a catalogue says and what its viewers searched and chose, judged among items that it has not seen. */
export const ITEM_VECTOR_TRAINING: Training<ItemVectorFacts, TrainedItemVector> = {
  ...TRAINED_ITEM_VECTOR,
  input: ({ drawn, ...ports }) => itemVectorInput(drawn, ports),
  open: openItemVector,
  judge: async ({ fitting, ...rest }, trained) =>
    (await adoptItemVector(fitting, trained, rest)).towerOutcomes.at(-1) ?? '',
};
