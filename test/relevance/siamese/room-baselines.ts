import { unit } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import { judgePairs, judgeScores } from './judge-pairs.ts';
import type { AskedListing } from './judge-pairs.ts';
import type { Listing } from './listings.ts';
import type { Rooms } from './rooms.ts';

/** What towers have to be better than: chance, popularity, rooms alone without looking at listings, and frozen vectors. */
export function roomBaselines(
  listings: readonly Listing[],
  rooms: Rooms['train'],
  asked: readonly AskedListing[],
): ReadonlyMap<string, readonly QueryFigures[]> {
  const text = listings.map((listing) => unit(listing.text));
  const picture = listings.map((listing) => unit(listing.picture));
  const joined = text.map((vector, i) => unit(Float32Array.from([...vector, ...(picture[i] ?? [])])));
  const random = Float32Array.from(listings, ({ id }) => placeOf(`random\0${id}`));
  const popular = new Float32Array(listings.length);
  for (const row of rooms.flat()) popular[row] = (popular[row] ?? 0) + 1;
  return new Map([
    ['random', asked.map((query) => judgeScores(random, query))],
    ['popularity', asked.map((query) => judgeScores(popular, query))],
    [
      'rooms alone (walks of three steps)',
      asked.map((query) => judgeScores(walk(rooms, query.row, listings.length), query)),
    ],
    ['text alone, as it is', judgePairs(text, asked)],
    ['picture alone, as it is', judgePairs(picture, asked)],
    ['concatenated, as they are', judgePairs(joined, asked)],
  ]);
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
