import type { ItemVectors } from '../../src/vocabulary/shown.ts';
import { dot, unit } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';

/**
 * How much closer together the liked items are than random ones, in each modality: the difference of their mean cosines in
 * standard deviations of a random pair (0: like random items; 1 to 3: one clear taste). Null where it cannot be told.
 */
export interface Concentration {
  readonly text: number | null;
  readonly image: number | null;
  /** How many liked items it was computed from. */
  readonly items: number;
}

/** Fewer liked items than this make no cluster. */
const FEWEST = 3;

/** A viewer who likes one room of furniture is concentrated in both modalities; only the difference of the two is an opinion. */
export function concentrationOf(liked: readonly ItemVectors[], random: readonly ItemVectors[]): Concentration {
  const lift = (read: (item: ItemVectors) => Vector | null): number | null => {
    const mine = vectorsOf(liked, read);
    const theirs = vectorsOf(random, read);
    if (mine.length < FEWEST || theirs.length < FEWEST) return null;
    const base = moments(cosines(theirs));
    return base.deviation === 0 ? null : (moments(cosines(mine)).mean - base.mean) / base.deviation;
  };
  return { text: lift((item) => item.text), image: lift((item) => item.image), items: liked.length };
}

function vectorsOf(items: readonly ItemVectors[], read: (item: ItemVectors) => Vector | null): readonly Vector[] {
  return items.flatMap((item) => {
    const vector = read(item);
    return vector ? [unit(vector)] : [];
  });
}

function cosines(vectors: readonly Vector[]): readonly number[] {
  return vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => dot(a, b)));
}

function moments(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}
