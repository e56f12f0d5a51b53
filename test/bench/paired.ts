/** Two ways to the same answer. A side gets the number of the turn, so that both can be asked the same thing. */
export interface Pair<A, B> {
  readonly medley: (turn: number) => Promise<A> | A;
  readonly beside: (turn: number) => Promise<B> | B;
  /** Throws where an answer is wrong or the two disagree; called for every turn, outside of the clock. */
  readonly check: (medley: A, beside: B) => Promise<void> | void;
}

export interface PairedSettings {
  /** Turns that are measured, each with its own ratio. */
  readonly turns: number;
  /** Turns before them, checked and not measured. */
  readonly warmUp: number;
  /** `wall` (the default) reads the time, `cpu` what all threads of this process have computed. */
  readonly clock?: keyof typeof CLOCKS;
}

/** A median with the middle half around it. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Milliseconds a turn of either side, and Medley's through the other's, turn by turn. */
export interface Measured {
  readonly medley: Spread;
  readonly beside: Spread;
  readonly ratio: Spread;
}

const CLOCKS = {
  wall: () => performance.now(),
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
} as const;

/**
 * Measures two sides by turns, A B, B A, A B, so that whatever else the machine does meets both alike. The ratio is taken within
 * a turn and the median of the turns is told. (tinybench and mitata measure one side to its end and then the other.)
 */
export async function paired<A, B>(
  { medley, beside, check }: Pair<A, B>,
  { turns, warmUp, clock = 'wall' }: PairedSettings,
): Promise<Measured> {
  const times: { readonly medley: number; readonly beside: number }[] = [];
  const now = CLOCKS[clock];
  const ask = async <T>(side: (turn: number) => Promise<T> | T, turn: number) => {
    const from = now();
    const answer = await side(turn);
    return { answer, time: now() - from };
  };
  for (let turn = 0; turn < warmUp + turns; turn++) {
    const early = turn % 2 === 0 ? await ask(medley, turn) : undefined;
    const other = await ask(beside, turn);
    const own = early ?? (await ask(medley, turn));
    await check(own.answer, other.answer);
    if (turn >= warmUp) times.push({ medley: own.time, beside: other.time });
  }
  return {
    medley: spread(times.map((turn) => turn.medley)),
    beside: spread(times.map((turn) => turn.beside)),
    ratio: spread(times.map((turn) => turn.medley / turn.beside)),
  };
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** Of sorted values, linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return below + (place % 1) * (above - below);
}

/** The other way round: how many times as much of Medley's work was done in the same time. */
export function inverse({ median, low, high }: Spread): Spread {
  return { median: 1 / median, low: 1 / high, high: 1 / low };
}
