import { ask } from './ask.ts';
import { RECORD } from './documents.ts';
import { identity, uniqueId, type Shopper } from './viewer.ts';

export type Action = 'CLICK' | 'ADD_TO_CART' | 'PURCHASE';

/** Where an item was met: the query that showed it and its place there. */
export interface Met {
  readonly queryId?: string;
  readonly position?: number;
}

export interface Deed extends Met {
  readonly action: Action;
  readonly itemId: string;
}

/** Tells Medley what the shopper did. Losing an event must never disturb shopping. */
export async function recordEvent(shopper: Shopper, { action, itemId, ...met }: Deed): Promise<boolean> {
  if (shopper.forgetful) return false;
  const event = { id: uniqueId(), action, itemId, ...met, ...identity(shopper), occurredAt: new Date().toISOString() };
  try {
    const { recordEvents } = await ask<{ recordEvents: { accepted: number } }>(RECORD, { events: [event] });
    return recordEvents.accepted > 0;
  } catch {
    return false;
  }
}
