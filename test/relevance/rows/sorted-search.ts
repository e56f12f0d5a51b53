import { differenceEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { number, table } from '../present.ts';
import type { ArmReport, RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { DEFAULT } from '../shop/arm.ts';
import { sortedSets } from '../sorted/sorted-sets.ts';
import type { ShownWindow, SortedSet } from '../sorted/sorted-sets.ts';
import { liesAbove, standing } from '../standing.ts';

export const row: RelevanceRow = {
  name: 'sorted-search',
  claim:
    'A search that is sorted by a field shows what was asked for: what it leaves out is wrong far more often than what it shows.',
  needs: ['fashion', 'ikea', 'films'],
  run,
  tune,
};

const SHARES = [0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9] as const;

interface Shown {
  /** How many of what is shown are right, how many of the right ones are shown, and the harmonic mean of both. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly hits: number;
}

function shownBy(share: number, { scores, right }: ShownWindow): Shown {
  const least = share * Math.max(...scores);
  const kept = right.filter((_, place) => (scores[place] ?? 0) >= least);
  const both = kept.filter(Boolean).length;
  const [precision, recall] = [both / kept.length, both / right.filter(Boolean).length];
  return { precision, recall, f1: both === 0 ? 0 : (2 * precision * recall) / (precision + recall), hits: kept.length };
}

async function run(context: RowContext): Promise<RowReport> {
  const sets = await sortedSets(context, 'test');
  const { sortedCutoff } = DEFAULT.profile;
  const gains = sets.map((set) => ({ set, gain: gainOf(set, sortedCutoff) }));
  const [least] = gains.toSorted((a, b) => a.gain.value - b.gain.value);
  if (!least) throw new RangeError('there are no queries');
  const { set, gain } = least;
  return {
    metric: `F1 of what a sorted search shows, less that of all it finds (${set.name}: the queries that gain least)`,
    result: gain,
    baselines: { 'all that is found': mean(set.windows.map((window) => shownBy(0, window).f1)) },
    control: null,
    n: set.windows.length,
    goal: 0,
    ...standing([liesAbove(gain, 'the gain')]),
    arms: sets.flatMap((one) => [armOf(one, 0, 'all that is found'), armOf(one, sortedCutoff, 'sorted, as installed')]),
    notes: [
      `Hits with ${sortedCutoff} of the best score, tuned on other queries: the share with the highest mean F1 of those that keep nine of ten right hits in every set.`,
    ],
  };
}

function gainOf({ windows }: SortedSet, share: number) {
  const figures = (of: number) => windows.map((window) => shownBy(of, window).f1);
  return differenceEstimate(figures(share), figures(0));
}

function armOf({ name, windows }: SortedSet, share: number, way: string): ArmReport {
  const shown = windows.map((window) => shownBy(share, window));
  const of = (figure: keyof Shown): number => mean(shown.map((one) => one[figure]));
  const figures = {
    F1: of('f1'),
    'right of what is shown': of('precision'),
    'shown of what is right': of('recall'),
    hits: of('hits'),
  };
  return { name: `${name} (${windows.length}), ${way}`, figures };
}

async function tune(context: RowContext): Promise<string> {
  const sets = await sortedSets(context, 'validation');
  const rows = SHARES.map((share) => {
    const arms = sets.map((set) => armOf(set, share, '').figures);
    const cells = arms.map(
      (figures) => `${number(figures['F1'] ?? 0)} (${number(figures['shown of what is right'] ?? 0)})`,
    );
    return [String(share), ...cells, number(mean(arms.map((figures) => figures['F1'] ?? 0)))];
  });
  return table([['share', ...sets.map(({ name }) => `${name}: F1 (recall)`), 'mean F1'], ...rows]);
}
