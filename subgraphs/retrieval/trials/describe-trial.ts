import { alignedColumns } from '../../../src/runtime/aligned-columns.ts';
import { told } from '../../../src/runtime/counted.ts';
import { describeLift } from '../measures/describe-lift.ts';
import type { ReadLog } from '../searched/describe-overall.ts';
import type { Figures } from './compare-versions.ts';
import { describeCautions, describeIdle, percent } from './describe-cautions.ts';
import { describeNoTrial } from './describe-no-trial.ts';
import { describeVerdict } from './describe-verdict.ts';
import type { TrialMeasure } from './trial-measure.ts';
import type { Comparison, TrialReport } from './trial-report.ts';

const FIGURES = { align: 'right' } as const;
const COLUMNS = [{}, FIGURES, FIGURES, FIGURES];

const ROWS: Readonly<Record<TrialMeasure, { readonly name: string; readonly cell: (value: number) => string }>> = {
  clickThroughRate: { name: 'led to a choice', cell: percent },
  meanReciprocalRank: { name: 'mean reciprocal rank', cell: (value) => value.toFixed(3) },
  worthPerSearch: { name: 'worth of choices per search', cell: (value) => value.toFixed(3) },
  zeroResultRate: { name: 'found nothing', cell: percent },
};

/** The report for a person at a terminal of 100 columns. */
export function describeTrial(report: TrialReport, log: ReadLog): string {
  const { profile, underWay, comparison } = report;
  const cutOff = log.read >= log.most ? [`Only the newest ${told(log.most)} searches of any kind were read.`] : [];
  if (!comparison) return [...describeIdle(report), ...describeNoTrial(report, log), ...cutOff].join('\n');
  const { from, until, trial } = comparison;
  const days = [...new Set([from, until].map((time) => time.slice(0, 10)))].join(' to ');
  const state = underWay
    ? `on trial for ${percent(underWay.share)} of viewers`
    : 'the last trial in the log (no file here has one)';
  return [
    `Version ${trial.version} of ${profile}, ${state}: ${days}.`,
    '',
    ...table(comparison),
    '',
    ...describeIdle(report),
    ...describeCautions(comparison),
    ...describeVerdict(comparison),
    ...cutOff,
  ].join('\n');
}

function table({ control, trial, figures }: Comparison): readonly string[] {
  const head = ['', `version ${control.version}`, `version ${trial.version} (trial)`, 'lift of the trial (95 %)'];
  const counts = (['searches', 'viewers'] as const).map((count) => [count, told(control[count]), told(trial[count])]);
  return alignedColumns([head, ...counts, ...figures.flatMap(rowOf)], COLUMNS, 3);
}

function rowOf({ measure, control, trial, lift }: Figures): readonly (readonly string[])[] {
  if (control === null && trial === null) return [];
  const { name, cell } = ROWS[measure];
  const figure = (value: number | null) => (value === null ? '-' : cell(value));
  return [[name, figure(control), figure(trial), lift ? describeLift(lift) : '-']];
}
