import { NO_TASTE } from '../../src/vocabulary/viewer.ts';
import type { Taste, Viewer } from '../../src/vocabulary/viewer.ts';
import type { ProfileSettings } from './config.ts';
import { decay } from './decay.ts';
import { mixtureOf } from './mixture.ts';
import type { ViewerMixture } from './mixture.ts';
import type { EvidenceSums, ViewerHistory } from './profile-store.ts';
import { recentItems, tasteItems } from './taste.ts';

/** All that is known of one viewer, computed from the history. */
export interface Profile extends ViewerMixture {
  readonly taste: Taste;
  readonly evidence: EvidenceCounts;
  readonly updatedAt: number | null;
}

export interface EvidenceCounts {
  /** Events that the profile is made from. */
  readonly events: number;
  /** Choices compared with hits that were shown and passed over. */
  readonly shown: number;
  /** Choices compared with random items, since nothing was shown. */
  readonly sampled: number;
}

export const NO_HISTORY: ViewerHistory = { events: [], concentration: null, updatedAt: null };

/** Effective events after which half of what there is to know of a taste is known. */
const HALF_KNOWN = 5;

const LONGEST_RECENT = 50;

export function profileOf(
  history: ViewerHistory,
  everyone: EvidenceSums,
  at: { now: number; settings: ProfileSettings },
): Profile {
  const { now, settings } = at;
  const { choiceHalfLife: halfLife, priorImage } = settings;
  return {
    ...mixtureOf({ history, now, everyone, halfLife, priorImage }),
    taste: tasteOf(history, now, settings),
    evidence: countEvidence(history),
    updatedAt: history.updatedAt,
  };
}

/** What retrieval is told of the viewer. */
export function viewerOf({ tilt, taste }: Profile): Viewer {
  return { tilt, taste };
}

export function tasteOf({ events }: ViewerHistory, now: number, settings: ProfileSettings): Taste {
  const { textHalfLife, imageHalfLife } = settings;
  const text = tasteItems(events, { now, halfLife: textHalfLife, modality: 'text' });
  const image = tasteItems(events, { now, halfLife: imageHalfLife, modality: 'image' });
  const recent = recentItems(events, LONGEST_RECENT);
  if (recent.length === 0) return NO_TASTE;
  const longer = Math.max(textHalfLife, imageHalfLife);
  const known = events.reduce((sum, { at }) => sum + decay(now - at, longer), 0);
  return { text, image, recent, confidence: known / (known + HALF_KNOWN) };
}

function countEvidence({ events }: ViewerHistory): EvidenceCounts {
  const counted = events.flatMap(({ evidence }) => (evidence && evidence.weight > 0 ? [evidence] : []));
  const sampled = counted.filter((evidence) => evidence.sampled).length;
  return { events: events.length, shown: counted.length - sampled, sampled };
}
