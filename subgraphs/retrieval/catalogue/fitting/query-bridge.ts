import { meanVector, subtract, weightedSum } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { TextSide } from './bridge.ts';
import type { PicturedItem } from './fit-sample.ts';
import { LinearMap } from './linear-algebra/linear-map.ts';
import { Ridge } from './ridge.ts';

/** With so many items that a query has found, what the queries teach counts half of what they could. */
const HALF_TAUGHT = 150;
/** Beside the items' own texts, at most. */
const MOST = 0.5;

type LinearBridge = TextSide & { readonly map: LinearMap };

/**
 * A bridge to the queries that led to items, fitted apart from the one to the items' own texts and then mixed with it. Viewers name
 * what a photo shows and a title may not say. One fit to both at once would lose that: most items were never asked for, and each of
 * them teaches that its photo shows nothing but its title. Over fashion without colours in the titles, nDCG@10 of colour queries is a
 * third higher for it.
 */
export class QueryBridge {
  readonly #ridge: Ridge;
  readonly #centre: Vector;
  #pairs = 0;

  /** `items` give the centre of the queries; at least one of them has been asked for. */
  constructor(items: readonly PicturedItem[], dims: number) {
    this.#centre = meanVector(items.flatMap(target));
    this.#ridge = new Ridge({ dims, targets: this.#centre.length, axes: 0 });
  }

  /** Of the items, those that were asked for. */
  add(items: readonly PicturedItem[], standardised: readonly Vector[]): void {
    const pairs = items.flatMap((item, i) => {
      const [words] = target(item);
      const picture = standardised[i];
      return words && picture ? [{ picture, words: subtract(words, this.#centre) }] : [];
    });
    this.#ridge.add({ features: pairs.map(({ picture }) => picture), targets: pairs.map(({ words }) => words) });
    this.#pairs += pairs.length;
  }

  /** The bridge to the texts, moved as far towards the queries as there are pairs to believe. */
  mixedInto({ map, textCentre }: LinearBridge, lambda: number): LinearBridge {
    const share = (MOST * this.#pairs) / (this.#pairs + HALF_TAUGHT);
    if (share === 0) return { map, textCentre };
    const { rows } = this.#ridge.solve(lambda);
    const mix = (own: Vector, asked: Vector | undefined): Vector =>
      weightedSum(
        [{ vector: own, weight: 1 - share }, ...(asked ? [{ vector: asked, weight: share }] : [])],
        own.length,
      );
    return {
      map: new LinearMap(map.rows.map((row, i) => mix(row, rows[i]))),
      textCentre: mix(textCentre, this.#centre),
    };
  }
}

function target({ queries }: PicturedItem): readonly Vector[] {
  return queries.length === 0 ? [] : [meanVector(queries.map(({ vector }) => vector))];
}
