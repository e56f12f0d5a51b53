import { bridgeRow } from '../bridge/bridge-row.ts';
import { IKEA } from '../colours/coloured-item.ts';

export const row = bridgeRow('bridge-ikea', { source: IKEA, heldOut: 500, goal: 0.6 });
