import type { EventAction } from '../../src/vocabulary/viewer-event.ts';

/** How much an action says that the viewer likes the item: click < message < cart < buy (MRSE's b_type; the numbers are ours). */
export const ACTION_WEIGHTS: Readonly<Record<EventAction, number>> = {
  IMPRESSION: 0,
  VIEW: 1,
  CLICK: 1,
  MESSAGE: 3,
  ADD_TO_CART: 4,
  PURCHASE: 8,
};

/** The actions by which a viewer prefers one item to those beside it. A VIEW may have come from anywhere. */
export const CHOICE_ACTIONS = ['CLICK', 'MESSAGE', 'ADD_TO_CART', 'PURCHASE'] as const satisfies readonly EventAction[];

/** The actions of someone who wants the item for good. */
export const BASKET_ACTIONS = ['ADD_TO_CART', 'PURCHASE'] as const satisfies readonly EventAction[];

export function isChoice(action: EventAction): boolean {
  return CHOICE_ACTIONS.some((choice) => choice === action);
}
