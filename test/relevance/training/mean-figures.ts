import { MEASURES } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';

/** The mean over runs (seeds), query by query. */
export function meanFigures(runs: readonly (readonly QueryFigures[])[]): readonly QueryFigures[] {
  const [first = []] = runs;
  return first.map((_, query) => meanOfFigures(runs.flatMap((run) => run[query] ?? [])));
}

/** Measure by measure; 0 where there is nothing to take the mean of. */
export function meanOfFigures(all: readonly QueryFigures[]): QueryFigures {
  const mean = MEASURES.map((measure) => [
    measure,
    all.reduce((sum, figures) => sum + figures[measure], 0) / Math.max(1, all.length),
  ]);
  return Object.fromEntries(mean) as QueryFigures;
}
