import type { Catalogue } from '../reading/catalogue-file.ts';
import { BRIDGE_TRAINING } from './train-bridge.ts';
import { COMPANIONS_TRAINING } from './train-companions.ts';
import { ITEM_VECTOR_TRAINING } from './train-item-vector.ts';
import { trainOn } from './training.ts';
import type { TrainPorts } from './training.ts';

/** What can be trained for a catalogue, each by the name of the folder that it is kept in. */
export const TRAININGS = {
  bridge: (catalogue: Catalogue, ports: TrainPorts) => trainOn(catalogue, BRIDGE_TRAINING, ports),
  'item-vector': (catalogue: Catalogue, ports: TrainPorts) => trainOn(catalogue, ITEM_VECTOR_TRAINING, ports),
  companions: (catalogue: Catalogue, ports: TrainPorts) => trainOn(catalogue, COMPANIONS_TRAINING, ports),
} as const;

export type TrainingName = keyof typeof TRAININGS;
