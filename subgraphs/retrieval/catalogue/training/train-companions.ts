import { adoptCompanions } from './adopt-companions.ts';
import { companionsInput } from './companions-input.ts';
import { openCompanions, TRAINED_COMPANIONS } from './trained-companions.ts';
import type { CompanionFacts, TrainedCompanions } from './trained-companions.ts';
import type { Training } from './training.ts';

/** What viewers choose together, learned from the log and judged among items that the training has not seen. */
export const COMPANIONS_TRAINING: Training<CompanionFacts, TrainedCompanions> = {
  ...TRAINED_COMPANIONS,
  input: async ({ fitting, drawn, together }) => companionsInput(drawn, { fitting, together: await together() }),
  open: openCompanions,
  judge: async ({ fitting, drawn, together }, trained) =>
    (await adoptCompanions(fitting, trained, { drawn, together: await together() })).towerOutcomes.at(-1) ?? '',
};
