import type { LoggedSearch } from '../query-log/logged-search.ts';

/** What is kept of a viewer's searches by one version: some sums, no search. */
export class ViewerSums {
  searches = 0;
  /** Searches from which something was chosen, and the sum of 1 over the position of what stood first of it. */
  chosen = 0;
  reciprocals = 0;
  /** Of all that was chosen, by the weight of the action. */
  worth = 0;
  /** Searches of which it can be told what they found, and those that found nothing. */
  told = 0;
  nothing = 0;

  add({ found, shown }: LoggedSearch): void {
    const choices = shown.filter(({ worth }) => worth > 0);
    this.searches += 1;
    if (choices[0]) {
      this.chosen += 1;
      this.reciprocals += 1 / choices[0].position;
    }
    for (const { worth } of choices) this.worth += worth;
    if (found) this.told += 1;
    if (found?.by === 'NOTHING') this.nothing += 1;
  }

  merge(other: ViewerSums): void {
    this.searches += other.searches;
    this.chosen += other.chosen;
    this.reciprocals += other.reciprocals;
    this.worth += other.worth;
    this.told += other.told;
    this.nothing += other.nothing;
  }
}

/** By the number of the viewer. */
export type SumsByViewer = Map<number, ViewerSums>;

export function sumsOf(viewers: SumsByViewer, viewer: number): ViewerSums {
  const sums = viewers.get(viewer) ?? new ViewerSums();
  viewers.set(viewer, sums);
  return sums;
}
