import type { Measure, QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';

/** The mean over runs (seeds), query by query. */
export function meanFigures(runs: readonly (readonly QueryFigures[])[]): readonly QueryFigures[] {
  const [first = []] = runs;
  return first.map((figures, query) => {
    const mean = (measure: Measure) =>
      runs.reduce((sum, run) => sum + (run[query]?.[measure] ?? 0), 0) / Math.max(1, runs.length);
    const measures = Object.keys(figures) as Measure[];
    return Object.fromEntries(measures.map((measure) => [measure, mean(measure)])) as QueryFigures;
  });
}
