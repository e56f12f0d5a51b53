import { adoptBridge } from './adopt-bridge.ts';
import { bridgePairs } from './bridge-pairs.ts';
import { openBridge, TRAINED_BRIDGE } from './trained-bridge.ts';
import type { BridgeFacts, TrainedBridge } from './trained-bridge.ts';
import type { Training } from './training.ts';

/** A bridge on a catalogue's own pairs, judged among pairs that neither it nor the one in closed form has seen. */
export const BRIDGE_TRAINING: Training<BridgeFacts, TrainedBridge> = {
  ...TRAINED_BRIDGE,
  input: async ({ fitting, drawn, encoder }) => {
    const { bytes, ...rest } = await bridgePairs(drawn, { fitting, encoder });
    return { bytes, facts: { ...rest, textSpace: fitting.textSpace, imageSpace: fitting.imageSpace } };
  },
  open: openBridge,
  judge: async ({ fitting, drawn }, trained) => (await adoptBridge(fitting, trained, drawn)).outcome.reason,
};
