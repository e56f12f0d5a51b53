import { meanVector, subtract, unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { termsOf } from '../../index/written-words.ts';
import { commonTerms } from './common-terms.ts';
import type { SampleItem } from './fit-sample.ts';

/** Each term costs a regression. */
const MOST_TERMS = 1024;

interface Parts {
  /** The mean of the texts' vectors. */
  readonly textCentre: Vector;
  readonly terms: readonly string[];
  /** How rare each term is. */
  readonly weights: Vector;
}

/**
 * A text as a bridge in closed form aims at it: its vector, centred, and beside it which of the catalogue's common words it says, weighed by
 * rarity (TF-IDF; Spärck Jones 1972). Each part has length 1, so both count alike; a text without any of the words has zeros there.
 */
export class TextFeatures {
  readonly textCentre: Vector;
  readonly terms: readonly string[];
  readonly weights: Vector;
  readonly #places: ReadonlyMap<string, number>;

  constructor({ textCentre, terms, weights }: Parts) {
    this.textCentre = textCentre;
    this.terms = terms;
    this.weights = weights;
    this.#places = new Map(terms.map((term, place) => [term, place]));
  }

  /** Words of items and of the queries that led to them; the centre is that of the items' texts. */
  static fitTo(items: readonly SampleItem[]): TextFeatures {
    const texts = items.map(({ says, queries }) =>
      [says.title, says.whole ?? '', ...queries.map(({ text }) => text)].join('\n'),
    );
    const { terms, counts } = commonTerms(texts, MOST_TERMS);
    return new TextFeatures({
      textCentre: meanVector(items.map(({ title, whole }) => meanVector(whole ? [title, whole] : [title]))),
      terms,
      weights: Float32Array.from(counts, (count) => Math.log(1 + (items.length - count + 0.5) / (count + 0.5))),
    });
  }

  get dims(): number {
    return this.textCentre.length + this.terms.length;
  }

  /** [dims]. */
  of(vector: Vector, says: string): Vector {
    const words = new Float32Array(this.terms.length);
    for (const term of termsOf(says)) {
      const place = this.#places.get(term);
      if (place !== undefined) words[place] = this.weights[place] ?? 0;
    }
    const features = new Float32Array(this.dims);
    features.set(unit(subtract(vector, this.textCentre)));
    features.set(unit(words), this.textCentre.length);
    return features;
  }

  /** The mean of an item's own texts: what its picture should come near. */
  ofItem({ title, whole, says }: SampleItem): Vector {
    const own = this.of(title, says.title);
    return whole ? meanVector([own, this.of(whole, says.whole ?? says.title)]) : own;
  }

  /** The same about another mean. */
  centredAt(textCentre: Vector): TextFeatures {
    return new TextFeatures({ textCentre, terms: this.terms, weights: this.weights });
  }

  /** The same without words. */
  withoutWords(): TextFeatures {
    return new TextFeatures({ textCentre: this.textCentre, terms: [], weights: new Float32Array() });
  }
}
