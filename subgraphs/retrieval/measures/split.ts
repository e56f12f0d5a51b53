import { createHash } from 'node:crypto';

/** A place in [0, 1) that depends on nothing but the text: what is tuned on and what is reported never mix. */
export function placeOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
