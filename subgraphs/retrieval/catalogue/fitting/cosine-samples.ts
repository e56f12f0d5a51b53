import { dot } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { LinearMap } from './linear-algebra/linear-map.ts';
import type { CosineSample } from './calibration.ts';

/** So many pairs fix a mean to about a hundredth. */
const PAIRS = 400;
const NEIGHBOURS = 5;

/** Queries with the evidence of the items that they belong to, in one order; random pairs are made by shifting one against the other. */
export function pairedCosines(queries: readonly Vector[], evidence: readonly Vector[]): CosineSample {
  const pairs = queries.slice(0, PAIRS).map((query, i) => ({ query, i }));
  const shift = Math.max(1, Math.floor(evidence.length / 3));
  const against = (by: number): readonly number[] =>
    pairs.flatMap(({ query, i }) => {
      const other = evidence[(i + by) % evidence.length];
      return other ? [dot(query, other)] : [];
    });
  if (evidence.length < 4) return { matching: [], random: [] };
  return { matching: against(0), random: [...against(shift), ...against(2 * shift)] };
}

/** A column against itself: the nearest others of each item stand for pairs that belong together. */
export function neighbourCosines(column: readonly Vector[]): CosineSample {
  if (column.length < 4) return { matching: [], random: [] };
  const asked = column.slice(0, PAIRS);
  const matching = new LinearMap(column).apply(asked).flatMap((cosines, own) => {
    const others = cosines.filter((_, other) => other !== own).sort();
    return [...others.slice(-NEIGHBOURS)];
  });
  return { matching, random: pairedCosines(asked, column).random };
}
