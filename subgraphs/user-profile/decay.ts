export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

/** What is left of a weight of 1 after `age` milliseconds: exp(-age / tau) with tau = halfLife / ln 2. A date in the future counts as now. */
export function decay(age: number, halfLife: number): number {
  return 2 ** (-Math.max(0, age) / halfLife);
}
