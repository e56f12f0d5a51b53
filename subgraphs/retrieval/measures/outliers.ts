/** People do so much in a month, however little others do. */
const AT_LEAST = 50;
/** From the third quartile of an exponential tail to what one in a million passes: ln 10^6 / ln 4. */
const QUARTILE_TO_MILLIONTH = 10;

/**
 * How much one may do and be taken for a person: who does more is a program as a rule, and weighs as much as hundreds of people (Kohavi,
 * Tang and Xu, "Trustworthy Online Controlled Experiments", 2020, on bots and outliers). A quantile and no standard deviation, since
 * programs would raise that themselves: up to a quarter of all may be programs (Rousseeuw and Croux 1993, on breakdown points).
 */
export function mostOfOne(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  const thirdQuartile = sorted[Math.ceil(0.75 * sorted.length) - 1] ?? 0;
  return Math.max(AT_LEAST, QUARTILE_TO_MILLIONTH * thirdQuartile);
}
