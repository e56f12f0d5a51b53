import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { weightedSum } from '../../../../src/vocabulary/vector.ts';
import { termsOf } from '../../index/written-words.ts';

interface Weighted {
  readonly vector: Vector;
  readonly weight: number;
}

/**
 * What single words add to a text where a bridge compares it. An encoder makes one vector of all words, in which "navy" and "black" lie
 * near each other; a word that a catalogue says often is learned by itself, too (text-features.ts, training/bridge.py).
 */
export class WordVectors {
  readonly terms: readonly string[];
  /** terms x dims. */
  readonly values: Vector;
  /** What each term counts for beside the others of a text; 1 when absent. */
  readonly weights: Vector | undefined;
  readonly #byTerm: ReadonlyMap<string, Weighted>;

  constructor(terms: readonly string[], values: Vector, weights?: Vector) {
    this.terms = terms;
    this.values = values;
    this.weights = weights;
    const dims = values.length / Math.max(1, terms.length);
    const own = (row: number): Weighted => ({
      vector: values.subarray(row * dims, (row + 1) * dims),
      weight: weights?.[row] ?? 1,
    });
    this.#byTerm = new Map(terms.map((term, row) => [term, own(row)]));
  }

  /** A text where it is compared, with those of its words that are known, each once, by weights whose squares sum to 1. */
  addedTo(mapped: Vector, text: string): Vector {
    const known = [...new Set(termsOf(text))].flatMap((term) => this.#byTerm.get(term) ?? []);
    const length = Math.hypot(...known.map(({ weight }) => weight));
    const shares = known.map(({ vector, weight }) => ({ vector, weight: weight / length }));
    return weightedSum([{ vector: mapped, weight: 1 }, ...shares], mapped.length);
  }
}
