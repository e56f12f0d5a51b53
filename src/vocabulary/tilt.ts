import { isSignal } from './signal.ts';
import type { BySignal } from './signal.ts';

/**
 * What one source (the query, the viewer) says about the signals, as log-odds by signal: 0 is no opinion,
 * only differences matter, and tilts of independent sources add up.
 */
export type Tilt = BySignal<number>;

export const NO_TILT: Tilt = {};

/** The widest opinion one source may have: e^3 is 20 to 1. */
const BOUND = 3;

/** Reads a tilt that came over the wire: unknown signals and numbers that are not finite are dropped, the rest is bounded. */
export function readTilt(value: unknown): Tilt {
  if (typeof value !== 'object' || value === null) return NO_TILT;
  const known = Object.entries(value).filter(([signal, odds]) => isSignal(signal) && Number.isFinite(odds));
  return Object.fromEntries(known.map(([signal, odds]) => [signal, Math.max(-BOUND, Math.min(BOUND, odds as number))]));
}
