import { weightedSum } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { pooled, ranked } from '../views/pooled.ts';
import type { Studio } from './photo-views.ts';
import { figuresOf } from './shop-photo.ts';
import type { Figures, ShopPhoto } from './shop-photo.ts';

/** A photo with its features under each of VIEWS. */
export interface SeenPhoto extends ShopPhoto {
  readonly views: readonly Vector[];
}

/** Scores of all products for the views of a photo. */
export type ViewArm = (views: readonly Vector[]) => Vector;

/** What the product counts the whole and the middle of a photo for. */
const SHARES = [0.67, 0.33] as const;
const WEIGHTS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1] as const;

/** Ways of looking at a photo that need no setting. */
export function viewArms({ looks, block }: Studio): Readonly<Record<string, ViewArm>> {
  const [backbone, palette] = [block('backbone'), block('palette')];
  return {
    'the whole photo': ([whole = NONE]) => looks(whole),
    'the middle alone': ([, middle = NONE]) => looks(middle),
    'whole and middle, the best of each product': (views) => pooled(views.slice(0, 2).map(looks), 'best'),
    'whole, middle and four corners, mean': (views) => pooled(views.map(looks), 'mean'),
    'whole, middle and four corners, the best of each product': (views) => pooled(views.map(looks), 'best'),
    'the backbone, not centred': ([whole = NONE]) => backbone(whole),
    'a colour histogram': ([whole = NONE]) => palette(whole),
  };
}

/** Looks at whole and middle, as installed, and a colour histogram of the whole beside them. */
export function withHistogram({ looks, block }: Studio, weight: number): ViewArm {
  const palette = block('palette');
  return (views) => {
    const seen = views.slice(0, 2).map((vector, i) => ({ vector, weight: SHARES[i] ?? 0 }));
    const colours = palette(views[0] ?? NONE);
    return looks(weightedSum(seen, views[0]?.length ?? 0)).map((score, i) => score + weight * (colours[i] ?? 0));
  };
}

/** What a histogram should count for, by the first five of these photos. The least of equals wins. */
export function chosenWeight(studio: Studio, photos: readonly SeenPhoto[]): number {
  const tried = WEIGHTS.map((weight) => ({ weight, figure: topFive(studio, photos, withHistogram(studio, weight)) }));
  return tried.reduce((best, each) => (each.figure > best.figure ? each : best)).weight;
}

export function judgeViews({ ids }: Studio, photos: readonly SeenPhoto[], arm: ViewArm): readonly Figures[] {
  return photos.map((photo) => figuresOf(ranked(ids, arm(photo.views)), photo));
}

function topFive(studio: Studio, photos: readonly SeenPhoto[], arm: ViewArm): number {
  return mean(judgeViews(studio, photos, arm).map((figures) => figures['top-5']));
}

const NONE: Vector = new Float32Array();
