import type { Head } from '../../../../src/inference/head.ts';
import { unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { MOST_PHOTOS } from '../encoding/encode-items.ts';
import type { TrainedColumn } from '../../index/item-index.ts';

/** Makes one vector of an item's texts and picture (training/item_tower.py), and brings queries to where these are. */
export interface ItemTower {
  readonly dims: number;
  /** Inputs `title`, `more`, `features` and, where it was trained on several pictures an item, `photos`. */
  readonly item: Head;
  /** Input `query`: an encoded text. Absent where the item's text or picture alone answers words better. */
  readonly words?: Head;
  /** Input `query`: a picture's standardised features. Absent where a single modality answers photos better. */
  readonly picture?: Head;
}

/** Makes vectors that are near for items that viewers choose together (training/companions.py); inputs `text` and `picture`. */
export interface CompanionTower {
  readonly dims: number;
  readonly item: Head;
}

/** An item as towers see it; zeros stand for what it lacks, as they did in training. */
export interface SeenItem {
  /** Its title as the encoder gave it, and what more is said of it. */
  readonly title: Vector;
  readonly more: Vector;
  /** Both, as the `text` column has them. */
  readonly text: Vector;
  /** Standardised features, the mean of those of several pictures. */
  readonly picture: Vector;
  /** Of several pictures each alone, end to end, with zeros up to MOST_PHOTOS of them. */
  readonly photos?: Vector;
}

export interface TowerParts {
  readonly item?: ItemTower;
  readonly companion?: CompanionTower;
}

/** The networks that were trained beside the build and taken for it; none of them in most catalogues. */
export class Towers {
  readonly parts: TowerParts;

  constructor(parts: TowerParts = {}) {
    this.parts = parts;
  }

  /** The same with another part. */
  with(parts: TowerParts): Towers {
    return new Towers({ ...this.parts, ...parts });
  }

  get dims(): Readonly<Partial<Record<TrainedColumn, number>>> {
    const { item, companion } = this.parts;
    return { ...(item && { fused: item.dims }), ...(companion && { companion: companion.dims }) };
  }

  /** The columns that are made by towers, in the order of the items. */
  async columnsOf(items: readonly SeenItem[]): Promise<readonly Readonly<Partial<Record<TrainedColumn, Vector>>>[]> {
    const { item, companion } = this.parts;
    const [title, more] = [items.map((one) => one.title), items.map((one) => one.more)];
    const [text, picture] = [items.map((one) => one.text), items.map((one) => one.picture)];
    const none = new Float32Array(MOST_PHOTOS * (picture[0]?.length ?? 0));
    const photos = items.map((one) => one.photos ?? none);
    const fused = await item?.item.run({ title, more, features: picture, photos });
    const beside = await companion?.item.run({ text, picture });
    return items.map((_, i) => ({ ...named('fused', fused?.[i]), ...named('companion', beside?.[i]) }));
  }

  /** A query's words as the `fused` column is compared with them; null where there is no such way. */
  async words(text: Vector): Promise<Vector | null> {
    return asked(this.parts.item?.words, text);
  }

  /** A query's picture, standardised, likewise. */
  async picture(standardised: Vector): Promise<Vector | null> {
    return asked(this.parts.item?.picture, standardised);
  }
}

async function asked(tower: Head | undefined, query: Vector): Promise<Vector | null> {
  const [vector] = (await tower?.run({ query: [query] })) ?? [];
  return vector ? unit(vector) : null;
}

function named(column: TrainedColumn, vector: Vector | undefined) {
  return vector && { [column]: unit(vector) };
}
