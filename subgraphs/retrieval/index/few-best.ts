/** What is wanted of many: so many, those that stand before the others. */
export interface Wanted<T> {
  readonly limit: number;
  readonly before: (a: T, b: T) => boolean;
}

/** Takes one in among the best, which are in order, if it is one of them. Few are wanted of many, so not all of them are sorted. */
export function takeIn<T>(one: T, best: T[], { limit, before }: Wanted<T>): void {
  const last = best.at(-1);
  if (best.length >= limit && (last === undefined || !before(one, last))) return;
  best.splice(placeOf(one, best, before), 0, one);
  if (best.length > limit) best.pop();
}

function placeOf<T>(one: T, sorted: readonly T[], before: Wanted<T>['before']): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    if (there !== undefined && before(there, one)) low = middle + 1;
    else high = middle;
  }
  return low;
}
