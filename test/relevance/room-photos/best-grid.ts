import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Measure } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { GRID_SETTINGS } from './grid-views.ts';
import type { GridSetting, JudgeGrid } from './grid-views.ts';

export interface ChosenGrid extends GridSetting {
  /** On the rooms that it was chosen on. */
  readonly figure: number;
}

/** The best of all settings. The first of equals wins. */
export function bestGrid(judge: JudgeGrid, measure: Measure): ChosenGrid {
  const tried = GRID_SETTINGS.map((setting) => ({
    ...setting,
    figure: mean(judge(setting).map((figures) => figures[measure])),
  }));
  return tried.reduce((best, each) => (each.figure > best.figure ? each : best));
}

export function tellGrid({ grid: { count }, pool, looks }: GridSetting): string {
  const by = { 0: 'words', 1: 'looks' }[looks] ?? `looks ${looks}`;
  return `whole and ${count} x ${count} parts, ${pool} of each item, ${by}`;
}
