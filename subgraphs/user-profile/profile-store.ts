import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { EngagedPair, ItemPair, Reaction, ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import type { ChoiceEvidence } from './choice-evidence.ts';
import type { Concentration } from './concentration.ts';

/** Whose profile it is: `u:<userId>`, or `c:<clientId>` for a browser that never came with a user. */
export type ViewerKey = string;

/** What became of one event: stored now, or known already by its id (and nothing changed). */
export interface Appended {
  readonly viewer: ViewerKey;
  readonly repeated: boolean;
}

/** What a viewer did, newest first, impressions left out. `concentration` is null until it was computed. */
export interface ViewerHistory {
  readonly events: readonly RecordedEvent[];
  readonly concentration: Concentration | null;
  /** Epoch milliseconds of the last write of this profile; null for an unknown viewer. */
  readonly updatedAt: number | null;
}

export interface RecordedEvent {
  readonly event: ViewerEvent;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Null until it was computed, and for actions that choose nothing. */
  readonly evidence: ChoiceEvidence | null;
}

export interface PendingChoice {
  readonly viewer: ViewerKey;
  readonly event: ViewerEvent;
}

/** The sampled evidence of all viewers: sums of weights (0 and up), and of weight times the rate of wins. */
export interface EvidenceSums {
  readonly weight: number;
  readonly text: number;
  readonly image: number;
}

/** What an erasure changed: profiles, and browsers that belong to nobody now. */
export interface Erased {
  readonly erased: boolean;
  readonly viewers: readonly ViewerKey[];
  readonly clients: readonly string[];
}

export interface Decay {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Milliseconds. */
  readonly halfLife: number;
}

export interface ScoredItem {
  readonly itemId: string;
  readonly score: number;
}

/** Where profiles and events are kept. What a promise has resolved is committed, and is read by every replica. */
export interface ProfileStore {
  /**
   * One outcome an event, in order; all or none are stored. The first event of a client that also names a user joins the
   * client's anonymous events, and those to come, to that user.
   */
  append(events: readonly ViewerEvent[], now: number): Promise<readonly Appended[]>;
  /** Whose profile a request reads. A browser that is known to be a user's is that user. */
  viewerOf(viewer: ViewerRef): Promise<ViewerKey | undefined>;
  read(viewer: ViewerKey, limit: number): Promise<ViewerHistory>;
  /** Choices that came since then (epoch milliseconds), whenever they were made, and whose evidence was not computed yet, newest first. */
  pending(since: number, limit: number): Promise<readonly PendingChoice[]>;
  /**
   * Saves evidence by event id, worked out from the viewer's history; that of an event that was erased meanwhile, or moved to another
   * viewer, is dropped.
   */
  saveEvidence(viewer: ViewerKey, evidence: ReadonlyMap<string, ChoiceEvidence>): Promise<void>;
  /** The same for a viewer's concentration. */
  saveConcentration(viewer: ViewerKey, concentration: Concentration): Promise<void>;
  sampledEvidence(): Promise<EvidenceSums>;
  /** The browsers on which the user was named, even those that another user has taken over since. */
  clientsOf(userId: string): Promise<readonly string[]>;
  /**
   * Removes for good: with a user everything of the user and of the browsers joined to it, with a client everything that came
   * from that browser.
   */
  erase(viewer: ViewerRef): Promise<Erased>;
  /** See retrieval's BehaviourSource. A viewer counts once an item, by the best action. */
  trending(limit: number, decay: Decay): Promise<readonly ScoredItem[]>;
  boughtTogether(itemIds: readonly string[], limit: number, decay: Decay): Promise<readonly ScoredItem[]>;
  engagedPairs(limit: number): Promise<readonly EngagedPair[]>;
  chosenTogether(limit: number): Promise<readonly ItemPair[]>;
  /** One an item that was chosen from the answer to one of these queries, or is known to have been seen in it; by their ids. */
  reactions(queryIds: readonly string[]): Promise<readonly Reaction[]>;
  close(): Promise<void>;
}

/** Older than this many half-lives nothing is counted: a thousandth is left. */
export const FORGOTTEN_HALF_LIVES = 10;

/** Choices further apart, milliseconds, are not of one errand. */
export const TOGETHER = 86_400_000;

export function userKey(userId: string): ViewerKey {
  return `u:${userId}`;
}

export function clientKey(clientId: string): ViewerKey {
  return `c:${clientId}`;
}
