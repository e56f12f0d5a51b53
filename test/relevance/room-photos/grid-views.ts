import type { Vector } from '../../../src/vocabulary/vector.ts';
import { normaliseCosine } from '../../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import type { RouteCalibration } from '../../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import { LinearMap } from '../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { RowContext } from '../relevance-row.ts';
import { pooled, POOLS, ranked } from '../views/pooled.ts';
import type { Pool } from '../views/pooled.ts';
import { seenPhotos } from '../views/seen-photos.ts';
import { grid, partial, WHOLE } from '../views/view.ts';
import type { RoomPhoto } from './room-photo.ts';
import type { RoomShop } from './room-shop.ts';

/** How a photo is cut: so many parts a side, and how much of a side each shows. */
const GRIDS = [
  { count: 2, size: 0.6 },
  { count: 3, size: 0.5 },
  { count: 4, size: 0.4 },
] as const;
/** How much looks count, beside words that the picture was carried over to. */
const SHARES = [0, 0.25, 0.5, 0.75, 1] as const;

export interface GridSetting {
  readonly grid: (typeof GRIDS)[number];
  readonly pool: Pool;
  readonly looks: number;
}

export const GRID_SETTINGS: readonly GridSetting[] = GRIDS.flatMap((one) =>
  POOLS.flatMap((pool) => SHARES.map((looks) => ({ grid: one, pool, looks }))),
);

export type JudgeGrid = (setting: GridSetting) => readonly QueryFigures[];

/** Scores of all items for each view of a photo, normalised as the product does. */
interface SeenScores {
  readonly looks: readonly Vector[];
  readonly words: readonly Vector[];
}

/** Looks at whole photos and at grids of their parts; the whole catalogue is ranked. */
export async function gridJudge(
  photos: readonly RoomPhoto[],
  { shop, ids, grids = GRIDS }: Pick<RoomShop, 'shop' | 'ids'> & { readonly grids?: readonly GridSetting['grid'][] },
  { encoded, say }: RowContext,
): Promise<JudgeGrid> {
  const scorer = await scorerOf(shop, ids);
  const byGrid = new Map<GridSetting['grid'], readonly SeenScores[]>();
  for (const one of grids) {
    say(`photos of rooms: ${one.count} by ${one.count} parts`);
    const views = [WHOLE, ...grid(one.count, one.size).map(partial)];
    const seen = await seenPhotos(
      encoded,
      photos.map(({ file }) => file),
      views,
    );
    const scores: SeenScores[] = [];
    for (const features of seen) scores.push(await scorer(features));
    byGrid.set(one, scores);
  }
  return ({ grid: one, pool, looks }) =>
    (byGrid.get(one) ?? []).map((scores, i) => {
      const [seen, told] = [pooled(scores.looks, pool), pooled(scores.words, pool)];
      const mixed = seen.map((score, item) => looks * score + (1 - looks) * (told[item] ?? 0));
      return queryFigures(ranked(ids, mixed), photos[i]?.grades ?? new Map());
    });
}

type Scorer = (views: readonly Vector[]) => Promise<SeenScores>;

/** Every item of this catalogue has a picture, and so a vector in either column. */
async function scorerOf({ index }: RoomShop['shop'], ids: readonly string[]): Promise<Scorer> {
  const { fitting } = index.serving();
  const { routes } = fitting.calibration;
  const own = await index.vectors(ids);
  const items = {
    looks: new LinearMap(own.map((vectors) => vectors?.looks ?? new Float32Array())),
    words: new LinearMap(own.map((vectors) => vectors?.text ?? new Float32Array())),
  };
  return async (views) => {
    const looks = views.flatMap((features) => fitting.looksOf(features) ?? []);
    const words = await Promise.all(views.map((features) => fitting.bridgeQueryPicture(features)));
    const carried = words.flatMap((vector) => vector ?? []);
    return {
      looks: items.looks.apply(looks).map((cosines) => normalised(cosines, routes['picture->picture'])),
      words: items.words.apply(carried).map((cosines) => normalised(cosines, routes['picture->text'])),
    };
  };
}

function normalised(cosines: Vector, route: RouteCalibration): Vector {
  return cosines.map((cosine) => normaliseCosine(route, cosine));
}
