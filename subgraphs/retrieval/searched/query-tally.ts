import type { Found, LoggedSearch } from '../query-log/logged-search.ts';

/** What is counted of the searches for one query, newest first. */
export class QueryTally {
  readonly query: string;
  /** How its newest search was read. */
  readonly readAs: string;
  readonly viewers = new Set<number>();
  /** Of its newest search of which that can be told: what is found now. */
  found: Found | undefined;
  searches = 0;
  /** Searches from which something was chosen, */
  chosen = 0;
  /** how many items that were, and the sum of their positions. */
  choices = 0;
  positions = 0;
  /** Of the searches that the profile alone has ranked: how often each position was shown, and how often what stood there was chosen. */
  readonly shown: number[] = [];
  shownAndChosen = 0;

  constructor({ typed, words }: LoggedSearch) {
    this.query = typed;
    this.readAs = words;
  }

  add({ viewer, found, shown, alone }: LoggedSearch): void {
    this.searches += 1;
    this.viewers.add(viewer);
    this.found ??= found;
    const choices = shown.filter(({ worth }) => worth > 0);
    if (choices.length > 0) this.chosen += 1;
    this.choices += choices.length;
    for (const { position } of choices) this.positions += position;
    if (!alone) return;
    this.shownAndChosen += choices.length;
    for (const { position } of shown) this.shown[position - 1] = (this.shown[position - 1] ?? 0) + 1;
  }
}
