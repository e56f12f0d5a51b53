import { bridgeRow } from '../bridge/bridge-row.ts';
import { FASHION } from '../colours/coloured-item.ts';

export const row = bridgeRow('bridge-fashion', {
  bridge: 'contrastive heads',
  source: FASHION,
  heldOut: 1500,
  goal: 0.85,
  firstHit: 0.54,
});
