import { nthBest } from './nth-best.ts';

/** The places of the highest scores, at most so many, ascending; of equal scores the earlier places. What scores -Infinity has none. */
export function bestPlaces(scores: Float64Array, limit: number): readonly number[] {
  if (limit <= 0) return [];
  const bar = nthBest(scores, limit) ?? -Infinity;
  let equal = limit;
  for (const score of scores) if (score > bar) equal -= 1;
  const places: number[] = [];
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] ?? -Infinity;
    if (score > bar || (score === bar && score > -Infinity && equal-- > 0)) places.push(place);
  }
  return places;
}
