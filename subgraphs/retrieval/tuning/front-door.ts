import type { BySignal } from '../../../src/vocabulary/signal.ts';
import type { SignalWeight } from '../ranking/weights.ts';

/** A Medley that answers searches, as a client of the shop sees it. */
export interface FrontDoor {
  /** @throws MedleyError what the server says; MEDLEY_UNAVAILABLE where it does not answer, or not by all of its parts */
  search(asked: AskedSearch): Promise<FoundRanking>;
}

/** Asked for nobody in particular: personalisation is off. */
export interface AskedSearch {
  readonly words: string;
  /** Of the ranking profile. */
  readonly profile: string;
  /** In the place of the profile's priors. */
  readonly weights?: BySignal<number>;
  /** At most 100. */
  readonly first: number;
  /** With what every signal says of every hit, and without the profile's cut-off. */
  readonly explained?: boolean;
}

export interface FoundRanking {
  /** Key and version of the ranking profile. */
  readonly profile: string;
  readonly version: number;
  readonly weights: readonly SignalWeight[];
  /** Best first. */
  readonly hits: readonly FoundHit[];
}

export interface FoundHit {
  readonly id: string;
  readonly score: number;
  /** 0 where nothing was to be explained. */
  readonly boost: number;
  /** Normalised scores; empty where nothing was to be explained. */
  readonly signals: BySignal<number>;
}
