/** The ways from a part of a query to the evidence of an item. */
export const ROUTES = [
  'words->text',
  'words->picture',
  'picture->picture',
  'picture->text',
  'item->text',
  'item->picture',
  'words->item',
  'picture->item',
  'item->item',
  'item->companion',
] as const;

export type Route = (typeof ROUTES)[number];

/** Makes a route's cosines mean the same as another's: a logistic with its own middle and spread. */
export interface RouteCalibration {
  /** The cosine that becomes one half. */
  readonly middle: number;
  /** Above 0. */
  readonly spread: number;
  /** The mean normalised score of random items: what an item without this evidence gets. */
  readonly imputed: number;
  /**
   * 0 to 1: how far a cosine may move an item from what random items get. 1 where matching pairs are told from random ones;
   * a bridge that hardly does so must not outvote the words. 1 when absent.
   */
  readonly strength?: number;
  /** Where how near a query comes to what matches it can be told from the query (query-calibration.ts). */
  readonly foretelling?: Foretelling;
}

/** What foretells the mean cosine of a query with what matches it. */
export interface Foretelling {
  readonly intercept: number;
  /** By axis of what is compared: how much it grows with how far the query goes along it, either way. */
  readonly slopes: readonly number[];
  /** The variance of cosines that neither matching nor the query explains. */
  readonly within: number;
  /** Cosines of random pairs, evenly taken of all, ascending. */
  readonly random: readonly number[];
}

export interface Calibration {
  readonly routes: Readonly<Record<Route, RouteCalibration>>;
  /** `score / (score + k * idfSum)` normalises BM25; above 0. */
  readonly lexicalK: number;
}

/** Cosines of pairs that belong together, and of random ones. */
export interface CosineSample {
  readonly matching: readonly number[];
  readonly random: readonly number[];
}

/** What the mean matching pair is normalised to; the mean random pair gets the rest to 1. */
const MATCHING_SCORE = 0.9;
const LEAST_SPREAD = 1e-3;
/** Matching and random pairs two deviations apart. Words to photos: .7 over fashion, .67 over furniture, .09 over film posters. */
const FULL_STRENGTH = 0.5;
const LEXICAL_SCORE = 0.75;
const DEFAULT_K = 0.5;
const UNCALIBRATED: RouteCalibration = { middle: 0.35, spread: 0.1, imputed: 0.1 };

/** Stands for the routes of towers where none was trained. */
export const NO_TOWERS = {
  'words->item': UNCALIBRATED,
  'picture->item': UNCALIBRATED,
  'item->item': UNCALIBRATED,
  'item->companion': UNCALIBRATED,
} as const satisfies Partial<Calibration['routes']>;

/** 0 to 1, growing with the cosine. */
export function normaliseCosine({ middle, spread, imputed, strength = 1 }: RouteCalibration, cosine: number): number {
  return (1 - strength) * imputed + strength * logistic(middle, spread, cosine);
}

function logistic(middle: number, spread: number, cosine: number): number {
  return 1 / (1 + Math.exp((middle - cosine) / spread));
}

/** A logistic through the means of both samples; a middling one where a sample is empty. */
export function calibrateRoute({ matching, random }: CosineSample): RouteCalibration {
  if (matching.length === 0 || random.length === 0) return UNCALIBRATED;
  return calibrationThrough({ matching: average(matching), random, within: withinBoth({ matching, random }) });
}

/** The mean cosine of pairs that match, random pairs, and the variance within either. */
export interface Means {
  readonly matching: number;
  readonly random: readonly number[];
  readonly within: number;
}

export function calibrationThrough({ matching, random, within }: Means): RouteCalibration {
  const low = average(random);
  const half = Math.max(0, matching - low) / 2;
  const middle = low + half;
  const spread = Math.max(LEAST_SPREAD, half / Math.log(MATCHING_SCORE / (1 - MATCHING_SCORE)));
  const imputed = average(random.map((cosine) => logistic(middle, spread, cosine)));
  return { middle, spread, imputed, strength: Math.min(1, toldApart(half, within) / FULL_STRENGTH) };
}

/** Both samples count alike. */
export function withinBoth({ matching, random }: CosineSample): number {
  return (variance(matching) + variance(random)) / 2;
}

/** The share of the differences between cosines that comes from whether pairs match, 0 to 1: Fisher's correlation ratio. */
function toldApart(half: number, within: number): number {
  const between = half ** 2;
  return between === 0 ? 0 : between / (between + within);
}

/** BM25 scores of items for queries that name them exactly, each with the query's idfSum. */
export interface LexicalSample {
  readonly score: number;
  readonly idfSum: number;
}

/** The k with which such queries get .75 on average, by bisection. */
export function lexicalK(samples: readonly LexicalSample[]): number {
  const ratios = samples.flatMap(({ score, idfSum }) => (score > 0 && idfSum > 0 ? [score / idfSum] : []));
  if (ratios.length === 0) return DEFAULT_K;
  let [low, high] = [1e-4, 1e4];
  for (let step = 0; step < 60; step++) {
    const k = Math.sqrt(low * high);
    if (average(ratios.map((ratio) => ratio / (ratio + k))) > LEXICAL_SCORE) low = k;
    else high = k;
  }
  return Math.sqrt(low * high);
}

function variance(values: readonly number[]): number {
  const mean = average(values);
  return average(values.map((value) => (value - mean) ** 2));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
