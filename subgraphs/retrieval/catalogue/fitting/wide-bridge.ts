import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { carry, titleRecall, titleReciprocalRank } from './bridge.ts';
import type { LinearBridge } from './bridge.ts';
import type { PicturedItem } from './fit-sample.ts';
import { LinearMap } from './linear-algebra/linear-map.ts';
import { widestAxes } from './linear-algebra/widest-axes.ts';
import type { TextFeatures } from './text-features.ts';
import { WordVectors } from './word-vectors.ts';

/** So many pictures show in which directions they differ. */
const MOST_PICTURES = 2000;

/** A bridge in closed form before it is made narrow: pictures to all features that texts have. */
export interface WideBridge {
  /** texts.dims x features. */
  readonly map: LinearMap;
  readonly texts: TextFeatures;
}

/** Items with their standardised pictures, in one order. */
export interface Shown {
  readonly items: readonly PicturedItem[];
  readonly standardised: readonly Vector[];
}

/** How many of the titles find their item's picture among the first ten of all of these. */
export function recallOf(bridge: WideBridge, shown: Shown): number {
  return titleRecall(...compared(bridge, shown));
}

/** How high titles rank their item's picture. */
export function reciprocalRankOf(bridge: WideBridge, shown: Shown): number {
  return titleReciprocalRank(...compared(bridge, shown));
}

function compared(
  { map, texts }: WideBridge,
  { items, standardised }: Shown,
): readonly [titles: readonly Vector[], carried: readonly Vector[]] {
  return [items.map(({ title, says }) => texts.of(title, says.title)), carry(map, standardised)];
}

/** The directions in which carried pictures differ most, as many as texts have dimensions. */
export function axesOf({ map, texts }: WideBridge, standardised: readonly Vector[]): LinearMap {
  return widestAxes(carry(map, standardised.slice(0, MOST_PICTURES)), texts.textCentre.length);
}

/** What serves: pictures and texts along these axes, which keep their dot products but for what pictures hardly differ in. */
export function narrowed({ map, texts }: WideBridge, axes: LinearMap): LinearBridge {
  const { textCentre, terms, weights } = texts;
  const dims = textCentre.length;
  const words = new WordVectors(
    terms,
    Float32Array.from(terms.flatMap((_, place) => axes.rows.map((row) => row[dims + place] ?? 0))),
    weights,
  );
  return {
    map: axes.after(map),
    textCentre,
    textMap: new LinearMap(axes.rows.map((row) => row.slice(0, dims))),
    words,
  };
}
