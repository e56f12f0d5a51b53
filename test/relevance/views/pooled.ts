import type { Vector } from '../../../src/vocabulary/vector.ts';

/** How the scores of several views of a photo become one: an item's best view, or the mean of all. */
export const POOLS = ['best', 'mean'] as const;

export type Pool = (typeof POOLS)[number];

/** Scores of all items, view by view, as one score an item. */
export function pooled(views: readonly Vector[], pool: Pool): Vector {
  const [first = new Float32Array()] = views;
  const join = pool === 'best' ? Math.max : (sum: number, score: number) => sum + score / views.length;
  const start = pool === 'best' ? -Infinity : 0;
  return first.map((_, item) => views.reduce((sofar, scores) => join(sofar, scores[item] ?? 0), start));
}

/** The ids of the highest scores first; ties by id. */
export function ranked(ids: readonly string[], scores: Vector): readonly string[] {
  return ids
    .map((id, item) => ({ id, score: scores[item] ?? 0 }))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}
