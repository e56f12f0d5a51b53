import type { LoggedSearch } from './logged-search.ts';

/** The worth of what was chosen at one position, over all times that something was shown there. */
interface Level {
  readonly positions: number;
  readonly shown: number;
  readonly worth: number;
}

/**
 * What is chosen at a position on average over the log, whatever stands there: [0] is position 1. It never rises from one to the next:
 * viewers look at what stands first, and a rise is chance (isotonic regression by pooling adjacent violators, Ayer et al. 1955). Over the
 * whole log it adds up to what was chosen.
 */
export function worthByPosition(searches: readonly LoggedSearch[]): readonly number[] {
  const shown: number[] = [];
  const worth: number[] = [];
  for (const search of searches)
    for (const item of search.shown) {
      shown[item.position - 1] = (shown[item.position - 1] ?? 0) + 1;
      worth[item.position - 1] = (worth[item.position - 1] ?? 0) + item.worth;
    }
  const levels = Array.from({ length: shown.length }, (_, i) => ({
    positions: 1,
    shown: shown[i] ?? 0,
    worth: worth[i] ?? 0,
  }));
  return falling(levels).flatMap((level) => Array.from({ length: level.positions }, () => rate(level)));
}

function falling(levels: readonly Level[]): readonly Level[] {
  const pooled: Level[] = [];
  for (let level of levels) {
    for (let before = pooled.at(-1); before && rate(before) <= rate(level); before = pooled.at(-1)) {
      pooled.pop();
      level = together(before, level);
    }
    pooled.push(level);
  }
  return pooled;
}

function together(one: Level, other: Level): Level {
  return {
    positions: one.positions + other.positions,
    shown: one.shown + other.shown,
    worth: one.worth + other.worth,
  };
}

/** Where nothing was ever shown nothing is expected. */
function rate({ shown, worth }: Level): number {
  return shown === 0 ? 0 : worth / shown;
}
