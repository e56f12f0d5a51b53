import type { Grades } from '../measures/judged-query.ts';
import { wanted } from '../measures/judged-query.ts';
import { ndcg } from '../measures/ndcg.ts';
import { recall, reciprocalRank } from '../measures/recall.ts';

/** How far down a result is looked. */
export const DEPTH = 10;

/** What weights can be tuned for, and how good by it one ranking is, 0 to 1. */
const FIGURES = {
  'nDCG@10': (ids: readonly string[], grades: Grades) => ndcg(ids, grades, DEPTH),
  'MRR@10': (ids: readonly string[], grades: Grades) => reciprocalRank(ids.slice(0, DEPTH), wanted(grades)),
  'Recall@10': (ids: readonly string[], grades: Grades) => recall(ids, wanted(grades), DEPTH),
} as const;

export type TunedMeasure = keyof typeof FIGURES;

export const TUNED_MEASURES = Object.keys(FIGURES) as readonly TunedMeasure[];

export function figureOf(measure: TunedMeasure, ids: readonly string[], grades: Grades): number {
  return FIGURES[measure](ids, grades);
}
