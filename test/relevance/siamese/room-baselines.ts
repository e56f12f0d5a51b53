import { scale, unit } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import { askedListings, judgePairs, judgeScores } from './judge-pairs.ts';
import type { AskedListing } from './judge-pairs.ts';
import type { Listing } from './listings.ts';
import type { Rooms } from './rooms.ts';

export interface RoomBaselines {
  readonly arms: ReadonlyMap<string, readonly QueryFigures[]>;
  /** How much of the fixed blend is the picture. */
  readonly share: number;
}

/** What towers have to be better than: chance, popularity, rooms alone without looking at listings, and frozen vectors. */
export function roomBaselines(
  listings: readonly Listing[],
  { train: rooms, ...parts }: Rooms,
  asked: readonly AskedListing[],
): RoomBaselines {
  const share = bestShare(listings, askedListings({ train: rooms, ...parts }, 'validation'));
  const random = Float32Array.from(listings, ({ id }) => placeOf(`random\0${id}`));
  const popular = new Float32Array(listings.length);
  for (const row of rooms.flat()) popular[row] = (popular[row] ?? 0) + 1;
  const arms = new Map([
    ['random', asked.map((query) => judgeScores(random, query))],
    ['popularity', asked.map((query) => judgeScores(popular, query))],
    [
      'rooms alone (walks of three steps)',
      asked.map((query) => judgeScores(walk(rooms, query.row, listings.length), query)),
    ],
    ['text alone, as it is', judgePairs(joined(listings, 0), asked)],
    ['picture alone, as it is', judgePairs(joined(listings, 1), asked)],
    ['concatenated, as they are', judgePairs(joined(listings, 0.5), asked)],
    ['fixed blend', judgePairs(joined(listings, share), asked)],
  ]);
  return { arms, share };
}

const SHARES = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);

/** Chosen on rooms that are not reported. */
function bestShare(listings: readonly Listing[], asked: readonly AskedListing[]): number {
  const figures = SHARES.map((share) =>
    mean(judgePairs(joined(listings, share), asked).map((each) => each['nDCG@10'])),
  );
  return SHARES[figures.indexOf(Math.max(...figures))] ?? 0.5;
}

/** Text and picture end to end, so long that their cosine is the mean of both, the picture's with this share. */
function joined(listings: readonly Listing[], share: number): readonly Vector[] {
  const long = (vector: Vector, part: number) => scale(unit(vector), Math.sqrt(part));
  return listings.map(({ text, picture }) => Float32Array.from([...long(text, 1 - share), ...long(picture, share)]));
}

/**
 * Listing to room to listing, three times (P3 of Cooper et al. 2014): a strong way by ids alone, since direct neighbours in training
 * rooms are no answers here.
 */
function walk(rooms: Rooms['train'], start: number, count: number): Vector {
  let here = new Float32Array(count);
  here[start] = 1;
  const stands = new Float32Array(count);
  for (const row of rooms.flat()) stands[row] = (stands[row] ?? 0) + 1;
  for (let step = 0; step < 3; step++) {
    const next = new Float32Array(count);
    for (const rows of rooms) {
      const arriving = rows.reduce((sum, row) => sum + (here[row] ?? 0) / Math.max(1, stands[row] ?? 0), 0);
      if (arriving > 0) for (const row of rows) next[row] = (next[row] ?? 0) + arriving / rows.length;
    }
    here = next;
  }
  return here;
}
