import type { LoggedSearch } from './logged-search.ts';

/** Milliseconds. */
export const PAUSE = 5000;

interface Held {
  readonly search: LoggedSearch;
  isStep: boolean;
}

/**
 * Leaves out what was only on the way to another search, as a page that searches at every keystroke sends it: where a viewer's next
 * search comes within seconds and its words begin with these, the next one counts; where those are taken off again letter by letter, the
 * one before. What something was chosen from counts always. Takes searches newest first, and holds no more than those of a few seconds.
 */
export class TypedOn {
  readonly #held = new Map<number, Held>();
  #left = 0;

  /** How many were left out. */
  get left(): number {
    return this.#left;
  }

  /** Those that count, of what is settled by now. */
  take(search: LoggedSearch): readonly LoggedSearch[] {
    const settled = this.#settleAfter(search.at + PAUSE);
    const later = this.#held.get(search.viewer);
    const isStep = later !== undefined && isOnTheWay(search, later.search);
    if (later && !isStep && isOnTheWay(later.search, search)) later.isStep = true;
    const own = later ? this.#settle(later) : [];
    this.#held.set(search.viewer, { search, isStep });
    return [...settled, ...own];
  }

  /** Those that count of what is left. */
  end(): readonly LoggedSearch[] {
    return this.#settleAfter(-Infinity);
  }

  #settleAfter(moment: number): readonly LoggedSearch[] {
    const counted: LoggedSearch[] = [];
    // Newest first, as they came.
    for (const held of this.#held.values()) {
      if (held.search.at <= moment) break;
      counted.push(...this.#settle(held));
    }
    return counted;
  }

  #settle({ search, isStep }: Held): readonly LoggedSearch[] {
    this.#held.delete(search.viewer);
    if (isStep) this.#left += 1;
    return isStep ? [] : [search];
  }
}

function isOnTheWay(search: LoggedSearch, beside: LoggedSearch): boolean {
  if (search.shown.some(({ worth }) => worth > 0)) return false;
  // Of the same words, narrowed at once, the search that was not narrowed tells what they find.
  if (search.typed === beside.typed && search.alone && !beside.alone) return false;
  return beside.typed.startsWith(search.typed);
}
