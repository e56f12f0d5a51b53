import { placeOfType } from '../colours/colour-queries.ts';

/** The types that are not reported, in three parts: settings are chosen by how each is ranked after the other two have taught. */
export const THIRDS = [0, 1, 2] as const;

const SIZE = 0.2;

/** Undefined for a type that is reported. */
export function thirdOf(type: string): number | undefined {
  return THIRDS.find((third) => placeOfType(type) < SIZE * (third + 1));
}
