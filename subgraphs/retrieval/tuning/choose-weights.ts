import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';
import { mean } from '../measures/query-figures.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';
import type { CandidateTable } from './candidate-table.ts';
import { remix } from './remix.ts';
import { priorsOf, withPriors } from './tuned-profile.ts';
import { figureOf } from './tuned-measure.ts';
import type { TunedMeasure } from './tuned-measure.ts';

/** Parts of the whole: first all mixtures in coarse steps, then finer ones round the best. */
const COARSE = 5;
const FINER = [0.1, 0.05, 0.025] as const;

interface Chosen {
  readonly profile: RankingProfile;
  readonly priors: BySignal<number>;
  readonly figure: number;
}

/** The profile with the priors that rank these queries best; the profile itself where none ranks them better. */
export function chooseWeights(
  tables: readonly CandidateTable[],
  profile: RankingProfile,
  measure: TunedMeasure,
): RankingProfile {
  const signals = presentIn(tables);
  const figure = (by: RankingProfile) =>
    mean(
      tables.map((table) =>
        figureOf(
          measure,
          remix(table, by).map(({ id }) => id),
          table.grades,
        ),
      ),
    );
  const better = (best: Chosen, priors: BySignal<number>): Chosen => {
    const made = withPriors(profile, priors);
    const reached = made ? figure(made) : 0;
    return made && reached > best.figure ? { profile: made, priors, figure: reached } : best;
  };
  const own = { profile, priors: sharesOf(priorsOf(profile, signals)), figure: figure(profile) };
  let best: Chosen = mixtures(signals).reduce(better, own);
  for (const step of FINER) {
    for (let from: Chosen | undefined; from !== best;) {
      from = best;
      best = around(from.priors, step).reduce(better, best);
    }
  }
  return best.profile;
}

/** The signals that some query had. */
export function presentIn(tables: readonly Pick<CandidateTable, 'present'>[]): readonly Signal[] {
  return SIGNALS.filter((signal) => tables.some(({ present }) => present.has(signal)));
}

/** Every way to give out the whole in coarse steps. */
function mixtures(signals: readonly Signal[]): readonly BySignal<number>[] {
  return partitions(COARSE, signals.length).map((parts) =>
    Object.fromEntries(signals.map((signal, i) => [signal, (parts[i] ?? 0) / COARSE])),
  );
}

function partitions(whole: number, parts: number): readonly (readonly number[])[] {
  if (parts <= 1) return parts === 1 ? [[whole]] : [];
  return Array.from({ length: whole + 1 }, (_, first) =>
    partitions(whole - first, parts - 1).map((rest) => [first, ...rest]),
  ).flat();
}

/** A step from one signal to another, in every pair of them. */
function around(priors: BySignal<number>, step: number): readonly BySignal<number>[] {
  const signals = SIGNALS.filter((signal) => priors[signal] !== undefined);
  return signals.flatMap((from) =>
    signals.flatMap((to) => {
      const moved = Math.min(step, priors[from] ?? 0);
      if (from === to || moved === 0) return [];
      return [{ ...priors, [from]: (priors[from] ?? 0) - moved, [to]: (priors[to] ?? 0) + moved }];
    }),
  );
}

function sharesOf(priors: BySignal<number>): BySignal<number> {
  const total = Object.values(priors).reduce((sum, prior) => sum + prior, 0) || 1;
  return Object.fromEntries(Object.entries(priors).map(([signal, prior]) => [signal, prior / total]));
}
