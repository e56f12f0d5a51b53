import { SEED } from '../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Estimate } from '../../subgraphs/retrieval/measures/bootstrap.ts';
import { shown } from './control.ts';
import type { Control } from './control.ts';
import type { RelevanceRow, RowReport } from './relevance-row.ts';

/** The one line that `--json` prints. */
export function asJson({ name }: RelevanceRow, report: RowReport): string {
  const { metric, result, baselines, control, n, goal, reproduced, missed = [] } = report;
  return JSON.stringify({
    name,
    metric,
    value: rounded(result.value),
    interval: [rounded(result.low), rounded(result.high)],
    baselines: Object.fromEntries(Object.entries(baselines).map(([arm, value]) => [arm, rounded(value)])),
    control: control && {
      name: control.name,
      value: rounded(control.result.value),
      interval: [rounded(control.result.low), rounded(control.result.high)],
      chance: rounded(control.chance ?? 0),
      shows: shown(control),
    },
    n,
    seed: SEED,
    goal,
    reproduced: reproduced ? 'yes' : 'no',
    ...(reproduced ? {} : { why: missed.join('; ') }),
  });
}

/** The result in one sentence. */
export function verdict({ metric, result, control, n, goal, reproduced, missed = [] }: RowReport): string {
  const size = interval(result);
  const why = missed.length > 0 ? `: ${missed.join('; ')}` : '';
  const told = reproduced ? `reproduced${butHarm(control)}` : `not reproduced${why}`;
  return `${metric}: ${size}, n = ${n}, goal ${number(goal)}: ${told}.`;
}

function butHarm(control: Control | null): string {
  return control && shown(control) === 'harm' ? ', with a control that does harm' : '';
}

/** A Markdown table of all arms: readable in a terminal, too. */
export function armTable({ arms }: RowReport): string {
  const measures = [...new Set(arms.flatMap(({ figures }) => Object.keys(figures)))];
  const cells = arms.map(({ name, figures, lift }) => [
    name,
    ...measures.map((measure) => (figures[measure] === undefined ? '' : number(figures[measure]))),
    lift ? `${percent(lift.value)} [${percent(lift.low)}, ${percent(lift.high)}]` : 'base',
  ]);
  return table([['arm', ...measures, `lift of ${measures[0] ?? ''} (95 %)`], ...cells]);
}

/** In Markdown, as a formatter would leave it. The first columns hold words and stand left, the others hold numbers. */
export function table([head = [], ...rows]: readonly (readonly string[])[], words = 1): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const pad = (cell: string, i: number) => (i < words ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0));
  const line = (row: readonly string[]) => `| ${row.map(pad).join(' | ')} |`;
  const rule = widths.map((width, i) => (i < words ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** What the control shows, in one sentence, and where that is no noise, in a second. */
export function controlLine({ control }: RowReport): string {
  if (!control) return 'There is no control.';
  return `Control, ${control.name}: ${interval(control.result)}.${tellHarm(control)}`;
}

function tellHarm(control: Control): string {
  if (shown(control) !== 'harm') return '';
  const { chance = 0 } = control;
  return ` It lies below ${number(chance)} beyond noise: what was handed around misleads wherever it has weight. Only a gain would speak against the claim.`;
}

/** For a table: a control that does harm says so. */
export function controlCell({ control }: RowReport): string {
  if (!control) return '';
  return shown(control) === 'harm' ? `${number(control.result.value)} (harm)` : number(control.result.value);
}

export function number(value: number): string {
  return value.toFixed(3).replace(/^(-?)0\./, '$1.');
}

/** A figure and its interval. */
export function interval(estimate: Estimate): string {
  return `${number(estimate.value)} ${range(estimate)}`;
}

function range({ low, high }: Estimate): string {
  return `[${number(low)}, ${number(high)}]`;
}

function percent(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(100 * value).toFixed(1)} %`;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
