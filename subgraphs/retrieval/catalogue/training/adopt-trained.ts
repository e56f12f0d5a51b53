import { adoptBridge } from './adopt-bridge.ts';
import { adoptCompanions } from './adopt-companions.ts';
import { adoptItemVector } from './adopt-item-vector.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { openBridge, TRAINED_BRIDGE } from './trained-bridge.ts';
import type { TrainedBridge } from './trained-bridge.ts';
import { openCompanions, TRAINED_COMPANIONS } from './trained-companions.ts';
import type { TrainedCompanions } from './trained-companions.ts';
import { readTrained, trainedFolder } from './trained-folder.ts';
import { openItemVector, TRAINED_ITEM_VECTOR } from './trained-item-vector.ts';
import type { TrainedItemVector } from './trained-item-vector.ts';
import type { FittedCatalogue } from './training.ts';

/** What was trained beside the build; nothing for most catalogues. */
export interface TrainedParts {
  readonly bridge?: TrainedBridge;
  readonly itemVector?: TrainedItemVector;
  readonly companions?: TrainedCompanions;
}

/** What is kept for a catalogue. @throws MedleyError INVALID_CATALOGUE where something is damaged */
export async function readTrainedParts(dataFolder: string, catalogue: string): Promise<TrainedParts> {
  const folder = (name: string): string => trainedFolder(dataFolder, catalogue, name);
  return {
    bridge: await readTrained(folder('bridge'), TRAINED_BRIDGE, openBridge),
    itemVector: await readTrained(folder('item-vector'), TRAINED_ITEM_VECTOR, openItemVector),
    companions: await readTrained(folder('companions'), TRAINED_COMPANIONS, openCompanions),
  };
}

/** Takes each part that is at least as good as what the fitting has; its outcomes say which, and why. */
export async function adoptTrained(
  { fitting: closed, drawn, encoder, together }: FittedCatalogue,
  { bridge, itemVector, companions }: TrainedParts,
): Promise<Fitting> {
  let fitting = closed;
  if (bridge) fitting = await adoptBridge(fitting, bridge, drawn);
  if (itemVector) fitting = await adoptItemVector(fitting, itemVector, { drawn, encoder });
  if (companions) fitting = await adoptCompanions(fitting, companions, { drawn, together: await together() });
  return fitting;
}
