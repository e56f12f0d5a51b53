import { meanVector, subtract, weightedSum } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { PicturedItem } from './fit-sample.ts';
import { LinearMap } from './linear-algebra/linear-map.ts';
import { Ridge } from './ridge.ts';
import type { TextFeatures } from './text-features.ts';
import type { Shown, WideBridge } from './wide-bridge.ts';

/** With so many items that a query has found, what the queries teach counts half of what they could. */
const HALF_TAUGHT = 150;
/** Beside the items' own texts, at most. */
const MOST = 0.5;

/**
 * A bridge to the queries that led to items, fitted apart from the one to the items' own texts and then mixed with it. Viewers name
 * what a photo shows and a title may not say. One fit to both at once would lose that: most items were never asked for, and each of
 * them teaches that its photo shows nothing but its title. Over fashion without colours in the titles, nDCG@10 of colour queries is a
 * third higher for it.
 */
export class QueryBridge {
  readonly #ridge: Ridge;
  /** With the centre of the queries. */
  readonly #texts: TextFeatures;
  readonly #mean: Vector;
  #pairs = 0;

  /** `items` give the centre of the queries; at least one of them has been asked for. */
  constructor(items: readonly PicturedItem[], { dims, texts }: { dims: number; texts: TextFeatures }) {
    const asked = items.filter(({ queries }) => queries.length > 0);
    this.#texts = texts.centredAt(
      meanVector(asked.map(({ queries }) => meanVector(queries.map(({ vector }) => vector)))),
    );
    this.#mean = meanVector(asked.map((item) => this.#target(item)));
    this.#ridge = new Ridge({ dims, targets: texts.dims, axes: 0 });
  }

  /** Of the items, those that were asked for. */
  add({ items, standardised }: Shown): void {
    const pairs = items.flatMap((item, i) => {
      const picture = standardised[i];
      return item.queries.length > 0 && picture ? [{ picture, words: subtract(this.#target(item), this.#mean) }] : [];
    });
    this.#ridge.add({ features: pairs.map(({ picture }) => picture), targets: pairs.map(({ words }) => words) });
    this.#pairs += pairs.length;
  }

  /** The bridge to the texts, moved as far towards the queries as there are pairs to believe. */
  mixedInto({ map, texts }: WideBridge, lambda: number): WideBridge {
    const share = (MOST * this.#pairs) / (this.#pairs + HALF_TAUGHT);
    if (share === 0) return { map, texts };
    const { rows } = this.#ridge.solve(lambda, map.outputs);
    const mix = (own: Vector, asked: Vector | undefined): Vector =>
      weightedSum(
        [{ vector: own, weight: 1 - share }, ...(asked ? [{ vector: asked, weight: share }] : [])],
        own.length,
      );
    return {
      map: new LinearMap(map.rows.map((row, i) => mix(row, rows[i]))),
      texts: texts.centredAt(mix(texts.textCentre, this.#texts.textCentre)),
    };
  }

  #target({ queries }: PicturedItem): Vector {
    return meanVector(queries.map(({ vector, text }) => this.#texts.of(vector, text)));
  }
}
