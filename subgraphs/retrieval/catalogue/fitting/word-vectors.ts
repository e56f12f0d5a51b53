import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { weightedSum } from '../../../../src/vocabulary/vector.ts';
import { termsOf } from '../../index/written-words.ts';

/**
 * What single words add to a text where a trained bridge compares it. An encoder makes one vector of all words, in which "navy" and
 * "black" lie near each other; a word that a catalogue says often is learned by itself, too (training/bridge.py).
 */
export class WordVectors {
  readonly terms: readonly string[];
  /** terms x dims. */
  readonly values: Vector;
  readonly #byTerm: ReadonlyMap<string, Vector>;

  constructor(terms: readonly string[], values: Vector) {
    this.terms = terms;
    this.values = values;
    const dims = values.length / Math.max(1, terms.length);
    this.#byTerm = new Map(terms.map((term, row) => [term, values.subarray(row * dims, (row + 1) * dims)]));
  }

  /** A text where it is compared, with those of its words that are known, each once, over the root of their number. */
  addedTo(mapped: Vector, text: string): Vector {
    const known = [...new Set(termsOf(text))].flatMap((term) => this.#byTerm.get(term) ?? []);
    const weight = 1 / Math.sqrt(known.length);
    return weightedSum([{ vector: mapped, weight: 1 }, ...known.map((vector) => ({ vector, weight }))], mapped.length);
  }
}
