import type { EvidenceSums, ViewerHistory } from '../profile-store.ts';

/** What an expert may look at. */
export interface ViewerCase {
  readonly history: ViewerHistory;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Milliseconds after which a choice counts half. */
  readonly halfLife: number;
  /** What sampled evidence says of everyone, this viewer included. */
  readonly everyone: EvidenceSums;
  /** The share of the image for a viewer of whom nothing is known, in (0, 1). */
  readonly priorImage: number;
}

/** Log-odds of image against text (0: no opinion), and from how many choices or items it was formed (0 and up). */
export interface Opinion {
  readonly logOdds: number;
  readonly evidence: number;
}

/** One way to tell how much text and image count for a viewer. */
export interface Expert {
  readonly name: string;
  /** How much one piece of its evidence is trusted beside one choice, which is 1. */
  readonly trust: number;
  opinion(viewer: ViewerCase): Opinion;
}

export const NO_OPINION: Opinion = { logOdds: 0, evidence: 0 };
