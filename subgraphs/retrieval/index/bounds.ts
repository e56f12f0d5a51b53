/** The least and the greatest number that some items have in a field; of dates, epoch milliseconds. */
export interface Bounds {
  readonly least: number;
  readonly greatest: number;
}

/** The bounds with some more values in them; those that are no numbers do not count. */
export function widened(bounds: Bounds | undefined, values: readonly unknown[]): Bounds | undefined {
  let wider = bounds;
  for (const value of values)
    if (typeof value === 'number' && !(wider && wider.least <= value && value <= wider.greatest))
      wider = { least: Math.min(value, wider?.least ?? value), greatest: Math.max(value, wider?.greatest ?? value) };
  return wider;
}
