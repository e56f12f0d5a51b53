/** Two decimals are enough for a picture of 256 units. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
