import type { Liking } from './liked-films.ts';

/** What a viewer liked before, and what was liked in the held-out time. */
export interface Past {
  readonly history: readonly Liking[];
  readonly targets: readonly string[];
}

const FEWEST_BEFORE = 5;

export interface Parts {
  readonly validation: readonly Past[];
  readonly test: readonly Past[];
}

/** One date for all: 60 % / 20 % / 20 % of the ratings. */
export function byDate(liked: readonly Liking[]): Parts {
  const at = (part: number): number => liked[Math.floor(part * liked.length)]?.at ?? 0;
  const split = (from: number, to: number) =>
    pasts(liked, (mine) => [
      mine.filter((each) => each.at < from),
      mine.filter((each) => each.at >= from && each.at < to),
    ]);
  return { validation: split(at(0.6), at(0.8)), test: split(at(0.8), Infinity) };
}

/** Each viewer's own last ratings: 60 % / 20 % / 20 % of each. */
export function byViewer(liked: readonly Liking[]): Parts {
  const split = (from: number, to: number) =>
    pasts(liked, (mine) => [
      mine.slice(0, Math.floor(from * mine.length)),
      mine.slice(Math.floor(from * mine.length), Math.floor(to * mine.length)),
    ]);
  return { validation: split(0.6, 0.8), test: split(0.8, 1) };
}

function pasts(
  liked: readonly Liking[],
  split: (mine: readonly Liking[]) => readonly [readonly Liking[], readonly Liking[]],
): readonly Past[] {
  const viewers = Map.groupBy(liked, ({ userId }) => userId);
  const all = [...viewers.values()].map((mine) => split(mine));
  return all.flatMap(([history, held]) =>
    history.length >= FEWEST_BEFORE && held.length > 0 ? [{ history, targets: held.map(({ itemId }) => itemId) }] : [],
  );
}
