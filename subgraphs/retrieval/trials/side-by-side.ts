import type { LoggedSearch } from '../query-log/logged-search.ts';
import { sumsOf } from './viewer-sums.ts';
import type { SumsByViewer } from './viewer-sums.ts';

/** Two versions of a profile, of which the newer one is tried. */
export interface TriedPair {
  readonly control: number;
  readonly trial: number;
}

/** Milliseconds in which a version takes the place of another in all processes: served beside each other for no longer, none is tried. */
const CHANGEOVER = 60_000;

/**
 * The searches by two versions while both were served, taken newest first: from the oldest one by the trial up to where the newest ones
 * are no longer of one version alone, as they are when a trial is over. Where no pair is given, it is the newest that the log has.
 */
export class SideBySide {
  readonly control: SumsByViewer = new Map();
  readonly trial: SumsByViewer = new Map();
  /** Epoch milliseconds of the first and the last search that counts. */
  from = Infinity;
  until = -Infinity;
  #pair: TriedPair | undefined;
  readonly #given: boolean;
  #newest: number | undefined;
  #isServedBeside = false;
  /** By the control, and older than every one by the trial so far: what remains here is from before. */
  readonly #held: SumsByViewer = new Map();

  constructor(pair?: TriedPair) {
    this.#pair = pair;
    this.#given = pair !== undefined;
  }

  /** What is compared, where there is something. */
  get pair(): TriedPair | undefined {
    const isTrial = this.#given || this.until - this.from > CHANGEOVER;
    return isTrial && this.control.size > 0 && this.trial.size > 0 ? this.#pair : undefined;
  }

  add(search: LoggedSearch): void {
    const { version } = search.rankedBy;
    if (!this.#isOfPair(version)) return;
    this.#isServedBeside ||= this.#newest !== undefined && this.#newest !== version;
    this.#newest = version;
    if (!this.#isServedBeside) return;
    this.until = Math.max(this.until, search.at);
    if (version === this.#pair?.trial) this.#addTried(search);
    else sumsOf(this.#held, search.viewer).add(search);
  }

  #addTried(search: LoggedSearch): void {
    this.from = Math.min(this.from, search.at);
    sumsOf(this.trial, search.viewer).add(search);
    for (const [viewer, sums] of this.#held) sumsOf(this.control, viewer).merge(sums);
    this.#held.clear();
  }

  /** Another version begins another pair as long as those of this one only followed each other. */
  #isOfPair(version: number): boolean {
    if (version === this.#pair?.control || version === this.#pair?.trial) return true;
    if (this.#given || this.pair) return false;
    if (this.#newest !== undefined && this.#newest !== version) this.#begin(this.#newest, version);
    return true;
  }

  #begin(one: number, other: number): void {
    this.#pair = { control: Math.min(one, other), trial: Math.max(one, other) };
    for (const sums of [this.control, this.trial, this.#held]) sums.clear();
    this.from = Infinity;
    this.until = -Infinity;
  }
}
