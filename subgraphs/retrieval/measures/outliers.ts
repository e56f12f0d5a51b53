/** Standard deviations above the mean: of people hardly one in a million does so much. */
const FAR = 7;
/** People do so much in a month, however little others do. */
const AT_LEAST = 50;

/**
 * How much one may do and be taken for a person: who does more is a program as a rule, and weighs as much as hundreds of people (Kohavi,
 * Tang and Xu, "Trustworthy Online Controlled Experiments", 2020, on bots and outliers).
 */
export function mostOfOne(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  return Math.max(AT_LEAST, Math.floor(mean + FAR * Math.sqrt(squares / Math.max(1, counts.length - 1))));
}
