import type { LoggedSearch } from '../query-log/logged-search.ts';
import type { LogPart } from '../query-log/read-log.ts';
import { TypedOn } from '../query-log/typed-on.ts';

/** Those searches of a log that count, as it is read, newest first: of viewers who can be told apart, without what was only typed on. */
export class ViewersSearches {
  /** Searches that name no viewer. */
  unnamed = 0;
  readonly #typedOn = new TypedOn();

  get typedOn(): number {
    return this.#typedOn.left;
  }

  take({ searches, others }: Pick<LogPart, 'searches' | 'others'>): readonly LoggedSearch[] {
    const named = searches.filter(({ known }) => known);
    this.unnamed += others.nobodys + searches.length - named.length;
    return named.flatMap((search) => this.#typedOn.take(search));
  }

  /** Those that are left once the whole log was taken. */
  end(): readonly LoggedSearch[] {
    return this.#typedOn.end();
  }
}
