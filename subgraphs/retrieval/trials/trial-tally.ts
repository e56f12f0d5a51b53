import type { LoggedSearch } from '../query-log/logged-search.ts';
import type { LogPart } from '../query-log/read-log.ts';
import { ViewersSearches } from '../searched/viewers-searches.ts';
import { SideBySide } from './side-by-side.ts';
import type { TriedPair } from './side-by-side.ts';

/** Counts what viewers searched and chose by the versions of a ranking profile, as a log is read, newest first. */
export class TrialTally {
  readonly key: string;
  readonly sideBySide: SideBySide;
  /** Of all searches in words that name a viewer, whatever ranked them. */
  readonly keys = new Set<string>();
  /** Of this profile, where the request named none: newest first. */
  readonly versions = new Set<number>();
  /** Searches by this profile of which the request named the version. */
  asked = 0;
  readonly #counting = new ViewersSearches();

  /** `pair`: what is tried now; the newest trial of the log where nothing is. */
  constructor(key: string, pair?: TriedPair) {
    this.key = key;
    this.sideBySide = new SideBySide(pair);
  }

  /** Searches by any profile that name no viewer. */
  get unnamed(): number {
    return this.#counting.unnamed;
  }

  take(part: Pick<LogPart, 'searches' | 'others'>): void {
    for (const search of this.#counting.take(part)) this.#add(search);
  }

  /** Once the whole log was taken. */
  end(): void {
    for (const search of this.#counting.end()) this.#add(search);
  }

  #add(search: LoggedSearch): void {
    const { profile, version, asked } = search.rankedBy;
    this.keys.add(profile);
    if (profile !== this.key) return;
    if (asked) {
      this.asked += 1;
      return;
    }
    this.versions.add(version);
    this.sideBySide.add(search);
  }
}
