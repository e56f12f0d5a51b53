import { dot, meanVector, subtract } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { calibrationThrough, withinBoth } from './calibration.ts';
import type { Foretelling, RouteCalibration } from './calibration.ts';
import { Ridge } from './ridge.ts';

/**
 * Pictures show much of "red dress" and little of "Alba dress", so what is asked for lies nearer to the one than to the other. How near is
 * foretold from the query: a ridge regression of the cosines of pairs that match on how much the query has along each axis.
 */

/** Of .03, .1, .3 and 1 that which foretells best on pairs that are not reported: .39 and .50 of the variance are left over fashion, .75 and .82 over furniture. */
const LAMBDA = 0.3;
const RANDOM_KEPT = 32;

/**
 * Queries with the evidence of the items that they belong to, in one order, all of unit length, and cosines of random pairs; undefined where
 * there are none, or nothing foretold comes true.
 */
export function fitForetelling(
  queries: readonly Vector[],
  evidence: readonly Vector[],
  random: readonly number[],
): Foretelling | undefined {
  if (random.length === 0) return undefined;
  const pairs = queries.map((query, i) => ({ query, cosine: dot(query, evidence[i] ?? query) }));
  const strangers = [0, 1].flatMap((half) => foretoldToStrangers(pairs, half));
  const trust = trustIn(strangers);
  if (trust === 0) return undefined;
  const { mean, size, slopes } = regressed(pairs);
  const trusted = slopes.map((slope) => trust * slope);
  return {
    intercept: mean - dot(trusted, size),
    slopes: Array.from(trusted),
    within: withinBoth({ matching: strangers.map(({ off, told }) => off - trust * told), random }),
    random: quantiles(random),
  };
}

interface Pair {
  readonly query: Vector;
  readonly cosine: number;
}

function regressed(pairs: readonly Pair[]) {
  const sizes = pairs.map(({ query }) => query.map(Math.abs));
  const [size, mean] = [meanVector(sizes), meanOf(pairs.map(({ cosine }) => cosine))];
  const ridge = new Ridge({ dims: size.length, targets: 1, axes: 1 });
  ridge.add({
    features: sizes.map((own) => subtract(own, size)),
    targets: pairs.map(({ cosine }) => Float32Array.of(cosine - mean)),
  });
  return { mean, size, slopes: ridge.solve(LAMBDA).rows[0] ?? size.map(() => 0) };
}

/** A pair as those of the other half see it. */
interface Stranger {
  /** How far its cosine is off their mean. */
  readonly off: number;
  /** How far they say that it is. */
  readonly told: number;
}

function foretoldToStrangers(pairs: readonly Pair[], half: number): readonly Stranger[] {
  const { mean, size, slopes } = regressed(pairs.filter((_, i) => i % 2 !== half));
  const strangers = pairs.filter((_, i) => i % 2 === half);
  return strangers.map(({ query, cosine }) => ({
    off: cosine - mean,
    told: dot(slopes, subtract(query.map(Math.abs), size)),
  }));
}

/** What share of what is foretold comes true, 0 to 1: next to nothing where pictures hardly show what words say, as film posters do. */
function trustIn(strangers: readonly Stranger[]): number {
  const [both, own] = [
    meanOf(strangers.map(({ off, told }) => off * told)),
    meanOf(strangers.map(({ told }) => told ** 2)),
  ];
  return own === 0 ? 0 : Math.min(1, Math.max(0, both / own));
}

/** The mean cosine of a query with what matches it, as far as the query tells. */
function foretold({ intercept, slopes }: Pick<Foretelling, 'intercept' | 'slopes'>, query: Vector): number {
  return slopes.reduce((sum, slope, axis) => sum + slope * Math.abs(query[axis] ?? 0), intercept);
}

function quantiles(values: readonly number[]): readonly number[] {
  const ascending = values.toSorted((a, b) => a - b);
  return Array.from({ length: RANDOM_KEPT }, (_, part) => {
    const place = Math.floor(((part + 0.5) / RANDOM_KEPT) * ascending.length);
    return ascending[place] ?? 0;
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What the cosines of one query mean. Where nothing that matches it can be told from the rest by them, they say nothing. */
export function calibratedFor({ foretelling, ...route }: RouteCalibration, query: Vector): RouteCalibration {
  if (!foretelling) return route;
  return calibrationThrough({ ...foretelling, matching: Math.min(1, foretold(foretelling, query)) });
}
