import type { FeatureBlock } from '../../../../src/inference/encoder.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { ItemTexts } from '../encoding/item-text.ts';

/** Items that something is fitted to, in random order: the first ones are held out. Vectors are the encoders' own. */
export interface FitSample {
  readonly textSpace: string;
  readonly imageSpace: string;
  readonly blocks: readonly FeatureBlock[];
  readonly items: readonly SampleItem[];
}

export interface SampleItem {
  readonly says: ItemTexts;
  /** The item's title and, where there is more, its whole text: unit vectors. */
  readonly title: Vector;
  readonly whole?: Vector;
  /** The mean of the item's pictures' features. */
  readonly features?: Vector;
  /** Logged queries that led to this item. */
  readonly queries: readonly TypedQuery[];
  /** A query as a viewer might type it for this item, made of a few of its words; only some items have one. */
  readonly short?: TypedQuery;
}

export interface TypedQuery {
  readonly text: string;
  /** Of unit length. */
  readonly vector: Vector;
}

export type PicturedItem = SampleItem & { readonly features: Vector };

export function isPictured(item: SampleItem): item is PicturedItem {
  return item.features !== undefined;
}

/** How much of an item's text vector is its title: short queries ask for titles (films: title .814 alone, whole text .748 nDCG@10). */
const TITLE_SHARE = 0.6;

/** The vector of an item's text column, not yet of unit length. */
export function itemText({ title, whole }: Pick<SampleItem, 'title' | 'whole'>): Vector {
  return whole ? title.map((x, i) => TITLE_SHARE * x + (1 - TITLE_SHARE) * (whole[i] ?? 0)) : title;
}
