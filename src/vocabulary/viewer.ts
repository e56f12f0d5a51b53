import type { Tilt } from './tilt.ts';

/** What user-profile says of the viewer of one request. */
export interface Viewer {
  readonly tilt: Tilt;
  readonly taste: Taste;
}

/**
 * What a viewer likes: items with weights per modality, and what was looked at last. retrieval turns the items into a taste
 * vector with the vectors of the generation that it serves, so vectors of two generations can never meet.
 */
export interface Taste {
  readonly text: readonly TasteItem[];
  readonly image: readonly TasteItem[];
  /** Newest first. */
  readonly recent: readonly string[];
  /** 0 (unknown viewer) to 1. */
  readonly confidence: number;
}

export interface TasteItem {
  readonly id: string;
  readonly weight: number;
}

export const NO_TASTE: Taste = { text: [], image: [], recent: [], confidence: 0 };
