import { dot } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { normaliseCosine } from '../../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Newcomers } from './newcomers.ts';

/** What an item scores for a photo by each signal, normalised. */
interface Scores {
  readonly text: number;
  readonly looks: number;
  readonly item: number;
}

/** A photo with the scores of every newcomer but its own item, which does not answer it. */
export interface ScoredPhoto {
  readonly id: string;
  readonly answers: readonly number[];
  readonly scores: ReadonlyMap<number, Scores>;
}

/** Every photo against every newcomer, by the routes that a search by photo has; `handed` gives each the item vector of another. */
export async function scoredPhotos(
  { items, photos, plain, trained }: Newcomers,
  { handed = 0 } = {},
): Promise<readonly ScoredPhoto[]> {
  const seen = items.map((item) => trained.seen(item));
  const own = (await trained.towers.columnsOf(seen)).map((made) => made.fused);
  const fused = own.map((_, at) => own[(at + handed) % own.length]);
  const featuresOf = (row: number): Vector => items[row]?.features ?? new Float32Array();
  const looks = items.map((_, row) => plain.looksOf(featuresOf(row)));
  const { routes } = plain.calibration;
  const near = (route: (typeof routes)['item->text'], asked: Vector | null, its: Vector | null | undefined): number =>
    asked && its ? normaliseCosine(route, dot(asked, its)) : route.imputed;
  const scored: ScoredPhoto[] = [];
  for (const { row, answers } of photos) {
    const words = await plain.bridgeQueryPicture(featuresOf(row));
    const whole = await trained.towers.picture(seen[row]?.picture ?? new Float32Array());
    const others = seen.flatMap((other, at) => {
      const text = near(routes['picture->text'], words, other.text);
      const looked = near(routes['picture->picture'], looks[row] ?? null, looks[at]);
      const item = near(trained.calibration.routes['picture->item'], whole, fused[at]);
      return at === row ? [] : [[at, { text, looks: looked, item }] as const];
    });
    scored.push({ id: items[row]?.own.id ?? '', answers, scores: new Map(others) });
  }
  return scored;
}

/** As the default profile mixes them, with another prior of the item vector. */
export function judgeMixed(photos: readonly ScoredPhoto[], prior: number): readonly QueryFigures[] {
  const { TEXT, IMAGE } = readRankingProfiles().select(undefined).signals;
  return photos.map(({ answers, scores }) => {
    const mixed = [...scores].map(([at, { text, looks, item }]) => ({
      at,
      score: TEXT.prior * text + IMAGE.prior * looks + prior * item,
    }));
    const best = mixed.toSorted((a, b) => b.score - a.score || a.at - b.at).slice(0, 100);
    return queryFigures(
      best.map(({ at }) => String(at)),
      new Map(answers.map((answer) => [String(answer), 1])),
    );
  });
}
