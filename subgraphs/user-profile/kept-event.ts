import type { ChoiceEvidence } from './choice-evidence.ts';
import type { RecordedEvent, ViewerKey } from './profile-store.ts';

/** An event as it is kept in memory: the key and the evidence may still change. */
export interface KeptEvent extends RecordedEvent {
  viewer: ViewerKey;
  evidence: ChoiceEvidence | null;
  /** When it came, epoch milliseconds. */
  readonly recordedAt: number;
}
