/** What viewers do, weakest first: the actions of UBI that Medley learns from. */
export const EVENT_ACTIONS = ['IMPRESSION', 'VIEW', 'CLICK', 'MESSAGE', 'ADD_TO_CART', 'PURCHASE'] as const;

export type EventAction = (typeof EVENT_ACTIONS)[number];

/** One event in the fields of UBI 1.3 (query_id, client_id, user_id, action_name, object_id, position). */
export interface ViewerEvent {
  /** Chosen by the sender: a repeated send of the same id changes nothing. */
  readonly id: string;
  readonly queryId?: string;
  readonly clientId?: string;
  readonly userId?: string;
  readonly action: EventAction;
  readonly itemId: string;
  /** From 1. */
  readonly position?: number;
  /** ISO 8601. */
  readonly occurredAt: string;
}

/** Two items that one viewer chose within a day of each other; by their ids, ascending. */
export interface ItemPair {
  readonly left: string;
  readonly right: string;
}

/** What came of an item that a query showed, or of a variant of one. */
export interface Reaction {
  readonly queryId: string;
  readonly itemId: string;
  /** The highest that was told, from 1; of a variant that of the item beside which it was met. */
  readonly position?: number;
  /** How much the strongest choice says that the viewer likes it; 0 where it was only seen. */
  readonly worth: number;
}

/** A query and an item that the viewer chose from its answer; they teach the next bridge. */
export interface EngagedPair {
  readonly queryId: string;
  readonly itemId: string;
}
