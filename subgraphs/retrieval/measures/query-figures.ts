import { wanted } from './judged-query.ts';
import type { Grades } from './judged-query.ts';
import { ndcg } from './ndcg.ts';
import { recall, reciprocalRank } from './recall.ts';

export const MEASURES = ['nDCG@10', 'MRR', 'Recall@10', 'Recall@100', 'hit@1'] as const;

export type Measure = (typeof MEASURES)[number];

/** What one ranking of the whole catalogue is worth for one query. */
export type QueryFigures = Readonly<Record<Measure, number>>;

/** `ranking` holds ids, best first, at least 100 of them where the catalogue has so many. */
export function queryFigures(ranking: readonly string[], grades: Grades): QueryFigures {
  const found = wanted(grades);
  return {
    'nDCG@10': ndcg(ranking, grades, 10),
    MRR: reciprocalRank(ranking, found),
    'Recall@10': recall(ranking, found, 10),
    'Recall@100': recall(ranking, found, 100),
    'hit@1': recall(ranking, found, 1) > 0 ? 1 : 0,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
