import type { ShownItem } from '../query-log/logged-search.ts';

/** What was shown and chosen at each position, over searches of any number: [0] is position 1. */
export class PositionCounts {
  readonly #shown: number[] = [];
  readonly #worth: number[] = [];
  #choices = 0;

  add(items: readonly ShownItem[]): void {
    for (const { position, worth } of items) {
      this.#shown[position - 1] = (this.#shown[position - 1] ?? 0) + 1;
      this.#worth[position - 1] = (this.#worth[position - 1] ?? 0) + worth;
      if (worth > 0) this.#choices += 1;
    }
  }

  /** The worth of an average choice. */
  get unit(): number {
    return this.#worth.reduce((sum, worth) => sum + worth, 0) / Math.max(1, this.#choices);
  }

  /**
   * What is chosen at a position on average, whatever stands there. It never rises from one to the next: viewers look at what stands
   * first, and a rise is chance (isotonic regression by pooling adjacent violators, Ayer et al. 1955). In sum it is what was chosen.
   */
  worths(): readonly number[] {
    const levels = Array.from({ length: this.#shown.length }, (_, i) => ({
      positions: 1,
      shown: this.#shown[i] ?? 0,
      worth: this.#worth[i] ?? 0,
    }));
    return falling(levels).flatMap((level) => Array.from({ length: level.positions }, () => rate(level)));
  }
}

/** The worth of what was chosen at one position, over all times that something was shown there. */
interface Level {
  readonly positions: number;
  readonly shown: number;
  readonly worth: number;
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
