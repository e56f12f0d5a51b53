import { PositionCounts } from '../judging/worth-by-position.ts';
import type { LoggedSearch, ShownItem } from '../query-log/logged-search.ts';
import type { LogPart } from '../query-log/read-log.ts';
import { QueryTally } from './query-tally.ts';
import { ViewersSearches } from './viewers-searches.ts';

/** Counts a log as it is read, newest first; of each query a few numbers are kept, and no search. */
export class SearchTally {
  readonly queries = new Map<string, QueryTally>();
  /** How often each has searched. */
  readonly viewers = new Map<number, number>();
  /** Of the searches that the profile alone has ranked, a choice a choice whatever it is worth. */
  readonly positions = new PositionCounts();
  /** Epoch milliseconds of the newest and the oldest search. */
  readonly times: { newest?: number; oldest?: number } = {};
  /** Of the searches of which it can be told: how many there are, what they found, and how many have a word that no item has. */
  readonly found = { told: 0, NOTHING: 0, LIKENESS: 0, WORDS: 0, unread: 0 };
  searches = 0;
  /** Searches from which something was chosen, and the sum of 1 over the position of what stood first of it. */
  chosen = 0;
  reciprocals = 0;
  browses = 0;
  pictures = 0;
  readonly #counting = new ViewersSearches();

  get typedOn(): number {
    return this.#counting.typedOn;
  }

  get unnamed(): number {
    return this.#counting.unnamed;
  }

  take(part: Pick<LogPart, 'searches' | 'others'>): void {
    this.browses += part.others.browses;
    this.pictures += part.others.pictures;
    for (const search of this.#counting.take(part)) this.#add(search);
  }

  /** Once the whole log was taken. */
  end(): void {
    for (const search of this.#counting.end()) this.#add(search);
  }

  #add(search: LoggedSearch): void {
    const { typed, viewer, at, alone, found, shown } = search;
    const query = this.queries.get(typed) ?? new QueryTally(search);
    this.queries.set(typed, query);
    query.add(search);
    this.searches += 1;
    this.viewers.set(viewer, 1 + (this.viewers.get(viewer) ?? 0));
    this.times.newest = Math.max(at, this.times.newest ?? at);
    this.times.oldest = Math.min(at, this.times.oldest ?? at);
    if (alone) this.positions.add(shown.map(asChoice));
    const first = shown.find(({ worth }) => worth > 0);
    if (first) {
      this.chosen += 1;
      this.reciprocals += 1 / first.position;
    }
    if (!found) return;
    this.found.told += 1;
    this.found[found.by] += 1;
    if (found.unread.length > 0) this.found.unread += 1;
  }
}

function asChoice(item: ShownItem): ShownItem {
  return { ...item, worth: item.worth > 0 ? 1 : 0 };
}
