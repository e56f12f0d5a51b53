import type { LoggedSearch } from '../query-log/logged-search.ts';
import type { LogPart } from '../query-log/read-log.ts';
import { TypedOn } from '../query-log/typed-on.ts';
import type { ShownSearch } from './judge.ts';

/** Of a viewer's searches for the same words: who searches them all day long would else outvote all others. */
const MOST_OF_ONE = 3;

/** Searches that name no viewer may all be one person's, so they are one viewer's where viewers are counted. No viewer has this number. */
const NOBODY = 0;

/**
 * Those searches of a log that are judged by, as it is read, newest first: ranked by the profile alone, and not only typed on. Who types
 * on looks at nothing: counted, such searches would make every position one at which hardly anything is chosen.
 */
export class JudgedSearches {
  readonly searches: ShownSearch[] = [];
  /** Not kept, for a viewer has searched the same words more often than counts. */
  repeated = 0;
  /** Kept, and of nobody known. */
  unnamed = 0;
  readonly #typedOn = new TypedOn();
  /** How often each viewer searched for the words. */
  readonly #times = new Map<string, number>();

  get typedOn(): number {
    return this.#typedOn.left;
  }

  take({ searches }: Pick<LogPart, 'searches'>): void {
    for (const search of searches) this.#keep(this.#typedOn.take(search));
  }

  /** Once the whole log was taken. */
  end(): void {
    this.#keep(this.#typedOn.end());
  }

  #keep(searches: readonly LoggedSearch[]): void {
    for (const { words, viewer, known, shown, alone } of searches) {
      if (!alone) continue;
      if (known && this.#timesMore(`${viewer} ${words}`) > MOST_OF_ONE) {
        this.repeated += 1;
        continue;
      }
      if (!known) this.unnamed += 1;
      this.searches.push({ words, viewer: known ? viewer : NOBODY, shown });
    }
  }

  #timesMore(search: string): number {
    const times = 1 + (this.#times.get(search) ?? 0);
    this.#times.set(search, times);
    return times;
  }
}
