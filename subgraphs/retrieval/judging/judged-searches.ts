import type { LoggedSearch } from '../query-log/logged-search.ts';
import type { LogPart } from '../query-log/read-log.ts';
import { TypedOn } from '../query-log/typed-on.ts';
import type { ShownSearch } from './judge.ts';

/**
 * Those searches of a log that are judged by, as it is read, newest first: ranked by the profile alone, and not only typed on. Who types
 * on looks at nothing: counted, such searches would make every position one at which hardly anything is chosen.
 */
export class JudgedSearches {
  readonly searches: ShownSearch[] = [];
  readonly #typedOn = new TypedOn();

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
    for (const { words, viewer, shown, alone } of searches) if (alone) this.searches.push({ words, viewer, shown });
  }
}
